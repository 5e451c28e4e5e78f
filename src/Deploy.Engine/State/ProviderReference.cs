using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>A provider resource and its id, written <c>urn::id</c>.</summary>
internal sealed record ProviderReference(Urn Urn, string Id)
{
    private const string TypePrefix = "pulumi:providers:";

    /// <summary>The package, such as <c>azure-native</c>.</summary>
    public string Package => PackageOf(Urn)!;

    public bool IsUnknown => Id == ValueSignatures.Unknown;

    public static string TypeOf(string package) => TypePrefix + package;

    /// <summary>The package of a provider resource; null when the resource is not one.</summary>
    public static string? PackageOf(Urn urn) => urn.Type.StartsWith(TypePrefix, StringComparison.Ordinal) ? urn.Type[TypePrefix.Length..] : null;

    public static ProviderReference? TryParse(string text)
    {
        var split = text.LastIndexOf("::", StringComparison.Ordinal);
        return split > 0 && Urn.TryParse(text[..split]) is { } urn && PackageOf(urn) is not null ? new(urn, text[(split + 2)..]) : null;
    }

    public override string ToString() => $"{Urn}::{Id}";
}

using Deploy.Core;
using Deploy.Engine.Execution;
using Deploy.Engine.Planning;
using Pulumirpc;
using CustomTimeouts = Deploy.Engine.State.CustomTimeouts;

namespace Deploy.Engine.Protocol;

/// <summary>Turns requests of the program into registrations.</summary>
internal sealed class RegistrationReader(WireValues values)
{
    private static readonly Goal Template = new() { Urn = Urn.Create("-", "-", null, "-", "-"), Custom = false, Inputs = Values.PropertyMap.Empty };

    public Registration Read(RegisterResourceRequest request, (string Version, string Url) package)
    {
        Refuse(request);
        var inputs = values.ReadMap(request.Object);
        var isProvider = request.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal);
        return new()
        {
            Type = request.Type,
            Name = request.Name,
            Custom = request.Custom,
            Inputs = isProvider ? ProviderInputs.WithVersion(inputs, package.Version) : inputs,
            Parent = OptionalUrn(request.Parent),
            Protect = request.HasProtect ? request.Protect : null,
            RetainOnDelete = request.HasRetainOnDelete ? request.RetainOnDelete : null,
            Provider = request.Provider,
            Providers = request.Providers.ToDictionary(StringComparer.Ordinal),
            Version = package.Version,
            PluginUrl = package.Url,
            Aliases = [.. request.AliasURNs.Select(urn => new AliasSpec { Urn = Urn.Parse(urn) }), .. request.Aliases.Select(Read)],
            Options = ReadOptions(request, inputs),
        };
    }

    public Registration Read(ReadResourceRequest request, (string Version, string Url) package) => new()
    {
        Type = request.Type,
        Name = request.Name,
        Custom = true,
        Inputs = values.ReadMap(request.Properties),
        Parent = OptionalUrn(request.Parent),
        Provider = request.Provider,
        Version = package.Version,
        PluginUrl = package.Url,
        Options = Template with
        {
            Dependencies = Urns(request.Dependencies),
            AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
        },
    };

    private Goal ReadOptions(RegisterResourceRequest request, Values.PropertyMap inputs)
    {
        var dependencies = Urns(request.Dependencies);
        return Template with
        {
            DeleteBeforeReplace = request.DeleteBeforeReplaceDefined || request.DeleteBeforeReplace ? request.DeleteBeforeReplace : null,
            DeletedWith = OptionalUrn(request.DeletedWith),
            Dependencies = dependencies,
            PropertyDependencies = request.PropertyDependencies.Count > 0
                ? request.PropertyDependencies.ToDictionary(entry => entry.Key, entry => Urns(entry.Value.Urns))
                : dependencies.Count > 0 ? inputs.Keys.ToDictionary(name => name, _ => dependencies) : new Dictionary<string, IReadOnlyList<Urn>>(),
            IgnoreChanges = [.. request.IgnoreChanges],
            ReplaceOnChanges = [.. request.ReplaceOnChanges],
            HideDiffs = [.. request.HideDiffs],
            ReplaceWith = Urns(request.ReplaceWith),
            ReplacementTrigger = request.ReplacementTrigger is null ? null : values.Read(request.ReplacementTrigger),
            AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
            Timeouts = ReadTimeouts(request.CustomTimeouts),
            ImportId = request.ImportId,
        };
    }

    private static AliasSpec Read(Alias alias) => alias.AliasCase == Alias.AliasOneofCase.Urn ? new() { Urn = Urn.Parse(alias.Urn) } : new()
    {
        Name = NullIfEmpty(alias.Spec.Name),
        Type = NullIfEmpty(alias.Spec.Type),
        Stack = NullIfEmpty(alias.Spec.Stack),
        Project = NullIfEmpty(alias.Spec.Project),
        Parent = OptionalUrn(alias.Spec.ParentUrn),
        NoParent = alias.Spec.NoParent,
    };

    private static CustomTimeouts ReadTimeouts(Pulumirpc.CustomTimeouts? timeouts) => timeouts is null ? CustomTimeouts.None : new()
    {
        Create = GoDuration.Parse(timeouts.Create),
        Update = GoDuration.Parse(timeouts.Update),
        Delete = GoDuration.Parse(timeouts.Delete),
    };

    /// <summary>Options that would silently not work are refused by name.</summary>
    private static void Refuse(RegisterResourceRequest request)
    {
        var unsupported = request switch
        {
            { Remote: true } => "components implemented by a provider",
            { Hooks: not null } when request.Hooks.CalculateSize() > 0 => "resource hooks",
            _ => null,
        };
        if (unsupported is not null)
        {
            throw new DeployException(EngineErrors.InvalidRegistration.With(
                $"{request.Type} '{request.Name}' uses {unsupported}, which the embedded engine does not support", "Use --engine pulumi for this program."));
        }
    }

    private static IReadOnlyList<Urn> Urns(IEnumerable<string> texts) => [.. texts.Select(Urn.Parse).Distinct()];

    private static Urn? OptionalUrn(string text) => text.Length == 0 ? null : Urn.Parse(text);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

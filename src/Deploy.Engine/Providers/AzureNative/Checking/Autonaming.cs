using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Checking;

/// <summary>Makes up the name of a resource that has none, as the official provider does.</summary>
internal static class Autonaming
{
    /// <summary>Hidden input: the name is unique, so a replacement may exist beside the original.</summary>
    public const string CreateBeforeDelete = "__createBeforeDelete";

    public static PropertyMap Apply(AutonameMetadata? autoname, CheckRequest request, PropertyMap inputs)
    {
        if (autoname is null || inputs.Find(autoname.Property) is { IsNull: false })
        {
            return inputs;
        }

        if (request.OldInputs.Find(autoname.Property) is { } old)
        {
            var kept = inputs.With(autoname.Property, old);
            return request.OldInputs.Find(CreateBeforeDelete) is { } flag ? kept.With(CreateBeforeDelete, flag) : kept;
        }

        var seed = request.RandomSeed.Span;
        return autoname.Kind switch
        {
            "copy" => inputs.With(autoname.Property, request.Urn.Name),
            "uuid" => inputs.With(autoname.Property, Uuid(seed)).With(CreateBeforeDelete, true),
            "random" => inputs.With(autoname.Property, request.Urn.Name + Convert.ToHexStringLower(seed[..4])).With(CreateBeforeDelete, true),
            _ => throw new InvalidOperationException($"autoname kind '{autoname.Kind}' is not known"),
        };
    }

    private static string Uuid(ReadOnlySpan<byte> seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        seed[..16].CopyTo(bytes);
        // RFC 9562: version 4, variant 10.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}

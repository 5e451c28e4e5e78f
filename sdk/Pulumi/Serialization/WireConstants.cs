namespace Pulumi.Serialization;

/// <summary>The marks by which values that are more than JSON travel.</summary>
internal static class WireConstants
{
    public const string Signature = "4dabf18193072939515e22adb298388d";

    public const string SecretSignature = "1b47061264138c4ac30d75fd1eb44270";
    public const string AssetSignature = "c44067f5952c0a294b673a41bacd8c17";
    public const string ArchiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
    public const string ResourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
    public const string OutputValueSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

    public const string Value = "value";
    public const string Secret = "secret";
    public const string Dependencies = "dependencies";
    public const string Urn = "urn";
    public const string Id = "id";
    public const string PackageVersion = "packageVersion";

    public const string AssetPath = "path";
    public const string AssetText = "text";
    public const string AssetUri = "uri";
    public const string ArchiveAssets = "assets";

    /// <summary>Entries whose key begins so belong to engine and providers.</summary>
    public const string InternalPrefix = "__";

    /// <summary>What an unknown value is sent as, whatever its type.</summary>
    public const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>An engine may mark unknowns by type; all mean the same here.</summary>
    public static bool IsUnknown(string text) => text is Unknown
        or "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"
        or "3eeb2bf0-c639-47a8-9e75-3b44932eb421"
        or "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"
        or "030794c1-ac77-496b-92df-f27374a8bd58"
        or "e48ece36-62e2-4504-bad9-02848725956a"
        or "dd056dcd-154b-4c76-9bd3-c8f88648b5ff";
}

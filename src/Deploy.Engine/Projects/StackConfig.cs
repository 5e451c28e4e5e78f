namespace Deploy.Engine.Projects;

/// <summary>The configuration a program sees: text by <c>namespace:key</c>, structured values as JSON, secrets decrypted.</summary>
public sealed record StackConfig
{
    public static StackConfig Empty { get; } = new()
    {
        Values = new Dictionary<string, string>(),
        SecretKeys = new HashSet<string>(),
        Encrypted = new Dictionary<string, string>(),
    };

    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Keys whose value is secret or holds a secret.</summary>
    public required IReadOnlySet<string> SecretKeys { get; init; }

    /// <summary>For each secret key, what may be written down (history): JSON with <c>{"secure": ciphertext}</c> at the secret places.</summary>
    public IReadOnlyDictionary<string, string> Encrypted { get; init; } = new Dictionary<string, string>();
}

namespace Deploy.Engine.State;

/// <summary>Where a passphrase may come from, in this order.</summary>
public sealed record PassphraseSource
{
    /// <summary>Value of <c>PULUMI_CONFIG_PASSPHRASE</c>; empty is a passphrase, null is not set.</summary>
    public string? Passphrase { get; init; }

    /// <summary>Value of <c>PULUMI_CONFIG_PASSPHRASE_FILE</c>; null is not set.</summary>
    public string? PassphraseFile { get; init; }

    /// <summary>A file with a random passphrase, made (0600) when it is missing: <c>.deploy/passphrase</c> for cloud local; null for other clouds.</summary>
    public string? GeneratedFile { get; init; }

    /// <summary>Asks on a terminal; null without one.</summary>
    public Func<string>? Prompt { get; init; }
}

/// <summary>The official passphrase provider: PBKDF2-HMAC-SHA256 with 1,000,000 iterations, AES-256-GCM.</summary>
public sealed class PassphraseSecretsProvider(PassphraseSource source) : ISecretsProvider
{
    private readonly PassphraseSource _source = source;

    public string? Salt => throw new NotImplementedException();

    public void UseSalt(string salt) => throw new NotImplementedException();

    public string Encrypt(string plaintext, string place) => throw new NotImplementedException();

    public string Decrypt(string ciphertext, string place) => throw new NotImplementedException();
}

using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Cli.Composition;

/// <summary>Stands in for a stack's secrets where nobody needs to see them: no passphrase is asked for.</summary>
internal sealed class MaskedSecrets : ISecretsProvider
{
    public string? Salt { get; private set; }

    public void UseSalt(string salt) => Salt = salt;

    public string Encrypt(string plaintext, string place) => throw new InvalidOperationException("masked secrets are for reading only");

    public string Decrypt(string ciphertext, string place) => PropertyJson.SecretText;
}

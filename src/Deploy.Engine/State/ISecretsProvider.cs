namespace Deploy.Engine.State;

/// <summary>
/// Encrypts secrets in state and stack files with a key drawn from a passphrase (official format <c>v1:nonce:ciphertext</c>). The key is derived lazily and once.
/// </summary>
public interface ISecretsProvider
{
    /// <summary>The salt text that goes with the ciphertexts; null as long as nothing has been encrypted or decrypted.</summary>
    string? Salt { get; }

    /// <summary>Tells which salt existing ciphertexts were made with; called before anything is decrypted.</summary>
    /// <exception cref="Deploy.Core.DeployException">A different salt is in use already.</exception>
    void UseSalt(string salt);

    /// <summary>Encrypts a text; the same text gives the same ciphertext as before when that was seen by <see cref="Decrypt"/> under the same <paramref name="place"/>.</summary>
    string Encrypt(string plaintext, string place);

    /// <summary>Decrypts a ciphertext, and remembers it for <paramref name="place"/> so that unchanged secrets keep their ciphertext.</summary>
    /// <exception cref="Deploy.Core.DeployException">No passphrase, a wrong one, or a damaged ciphertext.</exception>
    string Decrypt(string ciphertext, string place);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;

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

    /// <summary>Finds the passphrase.</summary>
    /// <exception cref="DeployException">No source has one.</exception>
    internal string Find()
    {
        if (Passphrase is not null)
        {
            return Passphrase;
        }

        if (PassphraseFile is not null)
        {
            return ReadFile(PassphraseFile);
        }

        return GeneratedFile is not null ? FindGenerated(GeneratedFile) : Prompt?.Invoke() ?? throw new DeployException(EngineErrors.PassphraseMissing.With(
            "secrets of this stack are encrypted with a passphrase, and neither PULUMI_CONFIG_PASSPHRASE nor PULUMI_CONFIG_PASSPHRASE_FILE is set"));
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(EngineErrors.PassphraseMissing.With($"the file named by PULUMI_CONFIG_PASSPHRASE_FILE cannot be read: {exception.Message}"), exception);
        }
    }

    private static string FindGenerated(string path)
    {
        if (!File.Exists(path))
        {
            AtomicFile.EnsureOwnFolder(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) + "\n"), ownerOnly: true, replace: false);
        }

        return ReadFile(path);
    }
}

/// <summary>The official passphrase provider: PBKDF2-HMAC-SHA256 with 1,000,000 iterations, AES-256-GCM.</summary>
public sealed class PassphraseSecretsProvider(PassphraseSource source) : ISecretsProvider
{
    private const int Iterations = 1_000_000;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const string Probe = "pulumi";

    private readonly Lock _gate = new();

    /// <summary>Ciphertexts by place and text: during a replacement two resources, of one URN, have each its own text in the same place.</summary>
    private readonly ConcurrentDictionary<(string Place, string Plaintext), string> _seen = new();

    private byte[]? _key;

    public string? Salt { get; private set; }

    public void UseSalt(string salt)
    {
        lock (_gate)
        {
            if (Salt is not null && Salt != salt)
            {
                throw new DeployException(EngineErrors.StateInvalid.With("the state and the stack's settings file were encrypted with different salts"));
            }

            Salt = salt;
        }
    }

    public string Encrypt(string plaintext, string place)
    {
        var key = (place, Normal(plaintext));
        return _seen.TryGetValue(key, out var seen) ? seen : _seen[key] = "v1:" + Seal(Key(), plaintext);
    }

    public string Decrypt(string ciphertext, string place)
    {
        var parts = ciphertext.Split(':');
        if (parts.Length != 3 || parts[0] != "v1")
        {
            throw new DeployException(EngineErrors.SecretDamaged.With($"the secret at {place} is not of the form v1:nonce:ciphertext"));
        }

        try
        {
            var plaintext = Open(Key(), parts[1], parts[2]);
            _seen[(place, Normal(plaintext))] = ciphertext;
            return plaintext;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            throw new DeployException(EngineErrors.SecretDamaged.With($"the secret at {place} cannot be decrypted with this stack's passphrase"), exception);
        }
    }

    /// <summary>Values in state are JSON, and writers differ in what they escape: a secret of another writer is not a changed one.</summary>
    private static string Normal(string plaintext)
    {
        try
        {
            return JsonNode.Parse(plaintext)?.ToJsonString() ?? plaintext;
        }
        catch (JsonException)
        {
            return plaintext;
        }
    }

    private byte[] Key()
    {
        lock (_gate)
        {
            return _key ??= Salt is null ? NewKey() : ExistingKey(Salt);
        }
    }

    private byte[] NewKey()
    {
        var salt = RandomNumberGenerator.GetBytes(8);
        var key = Derive(source.Find(), salt);
        Salt = $"v1:{Convert.ToBase64String(salt)}:v1:{Seal(key, Probe)}";
        return key;
    }

    private byte[] ExistingKey(string saltText)
    {
        var parts = saltText.Split(':');
        if (parts.Length != 5 || parts[0] != "v1" || parts[2] != "v1")
        {
            throw new DeployException(EngineErrors.StateInvalid.With("the encryption salt is not of the form v1:salt:v1:nonce:ciphertext"));
        }

        try
        {
            var key = Derive(source.Find(), Convert.FromBase64String(parts[1]));
            return Open(key, parts[3], parts[4]) == Probe ? key : throw Wrong(null);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw Wrong(exception);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            throw new DeployException(EngineErrors.StateInvalid.With("the encryption salt is damaged"), exception);
        }
    }

    private static DeployException Wrong(Exception? exception) =>
        new(EngineErrors.PassphraseWrong.With("the passphrase does not open the secrets of this stack"), exception);

    private static byte[] Derive(string passphrase, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, Iterations, HashAlgorithmName.SHA256, 32);

    private static string Seal(byte[] key, string plaintext)
    {
        var bytes = Encoding.UTF8.GetBytes(plaintext);
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var sealedBytes = new byte[bytes.Length + TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, bytes, sealedBytes.AsSpan(0, bytes.Length), sealedBytes.AsSpan(bytes.Length));
        return $"{Convert.ToBase64String(nonce)}:{Convert.ToBase64String(sealedBytes)}";
    }

    private static string Open(byte[] key, string nonceText, string sealedText)
    {
        var sealedBytes = Convert.FromBase64String(sealedText);
        var nonce = Convert.FromBase64String(nonceText);
        if (sealedBytes.Length < TagBytes || nonce.Length != NonceBytes)
        {
            throw new FormatException("nonce or ciphertext too short");
        }

        var bytes = new byte[sealedBytes.Length - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(nonce, sealedBytes.AsSpan(0, bytes.Length), sealedBytes.AsSpan(bytes.Length), bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}

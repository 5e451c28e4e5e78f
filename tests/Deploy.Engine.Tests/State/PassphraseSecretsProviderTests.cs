using Deploy.Core;
using Deploy.Engine.State;

namespace Deploy.Engine.Tests.State;

public sealed class PassphraseSecretsProviderTests
{
    /// <summary>Made by the official CLI.</summary>
    private const string Salt = "v1:h3s5Ym+HVX8=:v1:LrARr8n0pNBJJ9Sn:m4KjrwfKxD3CDC0g4WFPzzonKcE71w==";

    [Fact]
    public void Encrypt_WithSaltOfTheOfficialCli_RoundTripsAndKeepsUnchangedCiphertext()
    {
        var first = Open("correct horse battery staple");
        var ciphertext = first.Encrypt("value", "place");
        var second = Open("correct horse battery staple");

        Assert.StartsWith("v1:", ciphertext, StringComparison.Ordinal);
        Assert.Equal("value", second.Decrypt(ciphertext, "place"));
        Assert.Equal(ciphertext, second.Encrypt("value", "place"));
        Assert.NotEqual(ciphertext, second.Encrypt("other", "place"));
    }

    [Fact]
    public void Decrypt_WrongPassphrase_SaysSo()
    {
        var fault = Assert.Throws<DeployException>(() => Open("wrong").Encrypt("value", "place"));

        Assert.Equal(EngineErrors.PassphraseWrong, fault.Error.Definition);
    }

    [Fact]
    public void Encrypt_NoPassphrase_IsAConfigurationError()
    {
        var fault = Assert.Throws<DeployException>(() => new PassphraseSecretsProvider(new()).Encrypt("value", "place"));

        Assert.Equal(ExitCode.Configuration, fault.Error.ExitCode);
    }

    [Fact]
    public void Encrypt_GeneratedPassphrase_IsMadeOnceForTheOwnerOnly()
    {
        var folder = Directory.CreateTempSubdirectory("deploy-passphrase-").FullName;
        try
        {
            var file = Path.Combine(folder, ".deploy", "passphrase");
            var first = new PassphraseSecretsProvider(new() { GeneratedFile = file });
            var ciphertext = first.Encrypt("value", "place");
            var second = new PassphraseSecretsProvider(new() { GeneratedFile = file });
            second.UseSalt(first.Salt!);

            Assert.Equal("value", second.Decrypt(ciphertext, "place"));
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.Equal("*\n", File.ReadAllText(Path.Combine(folder, ".deploy", ".gitignore")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static PassphraseSecretsProvider Open(string passphrase)
    {
        var secrets = new PassphraseSecretsProvider(new() { Passphrase = passphrase });
        secrets.UseSalt(Salt);
        return secrets;
    }
}

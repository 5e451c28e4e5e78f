using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Deploy.Cli.Terminal;
using Deploy.Core;

namespace Deploy.Cli.Composition;

/// <summary>The ways into this user's trust store, by system. Never the machine's: that needs an administrator, and is nobody else's business.</summary>
internal static class UserTrust
{
    public static IReadOnlyList<TrustStep> Steps(string certificate, bool removes, Streams streams)
    {
        using var loaded = X509CertificateLoader.LoadCertificateFromFile(certificate);
        var name = $"Local Azure {loaded.Thumbprint[..12]}";
        if (OperatingSystem.IsMacOS())
        {
            return [removes
                ? Command("Programs that use the keychain no longer trust it.", "security", "remove-trusted-cert", certificate)
                : Command("Programs that use the keychain trust it; the system asks for your password.", "security", "add-trusted-cert", "-r", "trustRoot", certificate)];
        }

        if (OperatingSystem.IsWindows())
        {
            return [removes
                ? Command("Programs that use the system's store no longer trust it.", "certutil", "-user", "-delstore", "Root", loaded.Thumbprint)
                : Command("Programs that use the system's store trust it; the system asks you.", "certutil", "-user", "-addstore", "Root", certificate)];
        }

        // Linux has no store of a user that all programs read: .NET has one, and browsers another.
        var database = Path.Combine(streams.Variable("HOME") ?? "", ".pki", "nssdb");
        return [
            DotnetStore(certificate, removes),
            .. !Directory.Exists(database) || Executable.Find(streams, "certutil") is null ? (TrustStep[])[]
                : removes ? [Command("Browsers that use NSS no longer trust it.", "certutil", "-d", $"sql:{database}", "-D", "-n", name)]
                : [Command("Browsers that use NSS trust it.", "certutil", "-d", $"sql:{database}", "-A", "-t", "C,,", "-n", name, "-i", certificate)],
        ];
    }

    private static TrustStep DotnetStore(string path, bool removes) => new(
        removes ? ".NET programs no longer trust it." : ".NET programs trust it (~/.dotnet/corefx/cryptography/x509stores/root).",
        $"deploy emulator trust{(removes ? " --remove" : "")} --yes",
        _ =>
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            using var store = new X509Store(StoreName.Root, StoreLocation.CurrentUser, OpenFlags.ReadWrite);
            if (removes)
            {
                store.Remove(certificate);
            }
            else
            {
                store.Add(certificate);
            }

            return Task.CompletedTask;
        });

    private static TrustStep Command(string what, string program, params string[] arguments) => new(
        what,
        string.Join(' ', arguments.Prepend(program).Select(word => word.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '.' or '/' or ':' or '_')) ? $"'{word}'" : word)),
        async cancellationToken =>
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })
                ?? throw new DeployException(CliErrors.TrustFailed.With($"'{program}' could not be started."));
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            var text = $"{await output}{await error}".Trim();
            if (process.ExitCode != 0)
            {
                throw new DeployException(CliErrors.TrustFailed.With($"'{program}' ended with {process.ExitCode}.", detail: text));
            }
        });
}

/// <param name="What">Who trusts the certificate afterwards.</param>
/// <param name="Command">The command that does it.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record TrustStep(string What, string Command, Func<CancellationToken, Task> RunAsync);

using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Deploy.Core;

namespace Deploy.Emulator.Hosting;

/// <summary>The files of one store. Secrets are readable by their owner only.</summary>
internal sealed class StoreFolder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public StoreFolder(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    public string Lock => In("host.lock");

    public string Host => In("host.json");

    public string Identity => In("identity.json");

    public string Ports => In("ports.json");

    public string Database => In("azure.db");

    public string Requests => In("requests.log");

    public string Faults => In("faults.json");

    public string Quota => In("quota.json");

    public string Clock => In("clock.json");

    public string Certificate => In("certificate.pem");

    public string CertificateKey => In("certificate.key");

    public string SigningKey => In("signing.key");

    public string TrustBundle => In("trust-bundle.pem");

    public string ClientCertificate => In("client.pem");

    public string FederatedToken => In("federated.token");

    public bool Exists => Directory.Exists(Root);

    /// <summary>Makes the folder, readable by its owner only, and keeps it out of version control.</summary>
    public void Prepare()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Root);
            }
            else
            {
                Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            if (!File.Exists(In(".gitignore")))
            {
                File.WriteAllText(In(".gitignore"), "*\n");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(EmulatorErrors.StoreUnusable.With($"The folder '{Root}' cannot be written.", detail: e.Message), e);
        }
    }

    /// <summary>Writes a whole file at once, readable by its owner only; a reader sees the old or the new text, never half.</summary>
    public static void WriteSecret(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = $"{path}.{Guid.NewGuid():N}.new";
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }

    public static void WriteJson<T>(string path, T value) => WriteSecret(path, JsonSerializer.Serialize(value, Json));

    /// <summary>Null when the file does not exist.</summary>
    /// <exception cref="DeployException">DEP6002 when it holds something else.</exception>
    public static T? ReadJson<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException e)
        {
            throw new DeployException(EmulatorErrors.StoreUnusable.With($"'{path}' is damaged.", detail: e.Message), e);
        }
    }

    private string In(string file) => Path.Combine(Root, file);
}

/// <summary>Who hosts the store: <c>host.json</c>, there while a host runs.</summary>
internal sealed record HostRecord(int ProcessId, int HttpsPort, int HttpPort, DateTimeOffset StartedAt, LifecycleServing Lifecycle)
{
    /// <summary>The address of https when it is not the loopback's own.</summary>
    public string? Listen { get; init; }
}

/// <summary>The ports drawn for the store.</summary>
internal sealed record StorePorts(int Https, int Http)
{
    /// <summary>How the host is named in addresses: an address that stands for all of them is reached by the loopback's.</summary>
    public static string Authority(IPAddress? listen) =>
        listen is null || listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : listen.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{listen}]" : $"{listen}";
}

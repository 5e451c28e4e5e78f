using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.Identity;

namespace Deploy.Emulator.Hosting;

/// <summary>Finds and asks the host of a store from outside.</summary>
internal static class StoreConnection
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongAnswerWithin = TimeSpan.FromMinutes(2);

    public static LocalAzureConnection Of(StoreFolder folder, StoreIdentity identity, StorePorts ports, int processId, IPAddress? listen = null) => new()
    {
        Https = new Uri($"https://{StorePorts.Authority(listen)}:{ports.Https}/"),
        Http = new Uri($"http://127.0.0.1:{ports.Http}/"),
        CertificatePath = folder.Certificate,
        Certificate = X509CertificateLoader.LoadCertificateFromFile(folder.Certificate),
        SubscriptionId = identity.SubscriptionId,
        TenantId = identity.TenantId,
        ClientId = identity.ClientId,
        ClientSecret = identity.ClientSecret,
        ProcessId = processId,
    };

    /// <summary>The connection and status of a host that answers; null when none does.</summary>
    public static async Task<(LocalAzureConnection Connection, HostRecord Host, JsonObject Status)?> FindAsync(StoreFolder folder, CancellationToken cancellationToken)
    {
        if (!folder.Exists || StoreFolder.ReadJson<HostRecord>(folder.Host) is not { } host || StoreFolder.ReadJson<StoreIdentity>(folder.Identity) is not { } identity)
        {
            return null;
        }

        var connection = Of(folder, identity, new StorePorts(host.HttpsPort, host.HttpPort), host.ProcessId, host.Listen is { } listen ? IPAddress.Parse(listen) : null);
        return await AskAsync(connection, HttpMethod.Get, "status", cancellationToken) is { } status ? (connection, host, status) : null;
    }

    /// <summary>Asks the management path; null when nobody answers as this store's host would.</summary>
    public static async Task<JsonObject?> AskAsync(LocalAzureConnection connection, HttpMethod method, string action, CancellationToken cancellationToken)
    {
        try
        {
            var (status, answer) = await CallAsync(connection, method, action, null, AnswerWithin, cancellationToken);
            return status is >= 200 and < 300 ? answer : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // No host, or not ours: the caller decides what that means.
            return null;
        }
    }

    /// <summary>Asks the management path of a host that is known to run.</summary>
    /// <exception cref="DeployException">The host's own error, or DEP6011 when it does not answer.</exception>
    public static async Task<JsonObject> CallAsync(LocalAzureConnection connection, HttpMethod method, string action, JsonObject? body, CancellationToken cancellationToken)
    {
        try
        {
            var (status, answer) = await CallAsync(connection, method, action, body, LongAnswerWithin, cancellationToken);
            return status is >= 200 and < 300 ? answer : throw new DeployException(Refusal((string?)answer["error"]?["code"], (string?)answer["error"]?["message"] ?? $"It answered {status}."));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DeployException(EmulatorErrors.NotAnswered.With($"Process {connection.ProcessId} gave no answer to {method} {Management.Segment}/{action}.", detail: e.Message), e);
        }
    }

    private static async Task<(int Status, JsonObject Answer)> CallAsync(LocalAzureConnection connection, HttpMethod method, string action, JsonObject? body, TimeSpan within, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => IsSame(shown, connection.Certificate) } };
        using var client = new HttpClient(handler) { Timeout = within, DefaultRequestVersion = HttpVersion.Version11 };
        using var request = new HttpRequestMessage(method, new Uri(connection.Https, $"{Management.Segment}/{action}"));
        request.Headers.Add(Management.KeyHeader, connection.ClientSecret);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? throw new JsonException("The answer is no object."));
    }

    private static DeployError Refusal(string? code, string message) =>
        ((ErrorDefinition[])[EmulatorErrors.FaultsInvalid, EmulatorErrors.ClockInvalid, EmulatorErrors.SnapshotInvalid]).FirstOrDefault(known => known.Code == code)?.With(message) ?? EmulatorErrors.NotAnswered.With(message);

    private static bool IsSame(X509Certificate? shown, X509Certificate2 expected) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected.RawData);
}

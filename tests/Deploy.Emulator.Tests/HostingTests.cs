using System.Net.Sockets;
using Deploy.Core;

namespace Deploy.Emulator.Tests;

public sealed class HostingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AttachOrHost_HostRuns_Attaches()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await using var second = await LocalAzure.AttachOrHostAsync(new LocalAzureOptions { StorePath = cloud.Folder }, Cancel);
        Assert.True(cloud.Azure.IsHost);
        Assert.False(second.IsHost);
        Assert.Equal(cloud.Connection.Https, second.Connection.Https);
        Assert.Equal(cloud.Connection.ClientSecret, second.Connection.ClientSecret);
    }

    [Fact]
    public async Task Host_HostRuns_RefusesByCode()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var thrown = await Assert.ThrowsAsync<DeployException>(() => LocalAzure.HostAsync(new LocalAzureOptions { StorePath = cloud.Folder }, Cancel));
        Assert.Equal("DEP6001", thrown.Error.Code);
        Assert.DoesNotContain(cloud.Connection.ClientSecret, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_SecondStart_KeepsPortsCredentialAndResources()
    {
        var folder = Path.Combine(Path.GetTempPath(), "local-azure-" + Guid.NewGuid().ToString("N"));
        LocalAzureConnection first;
        await using (var azure = await LocalAzure.HostAsync(new LocalAzureOptions { StorePath = folder }, Cancel))
        {
            first = azure.Connection;
        }

        await using var cloud = await LocalCloud.StartAsync(folder: folder);
        Assert.Equal(first.Https, cloud.Connection.Https);
        Assert.Equal(first.Http, cloud.Connection.Http);
        Assert.Equal(first.ClientSecret, cloud.Connection.ClientSecret);
        Assert.Equal(first.Certificate.Thumbprint, cloud.Connection.Certificate.Thumbprint);
    }

    [Fact]
    public async Task Host_KeptPortTaken_DrawsAnotherAndSaysSo()
    {
        var folder = Path.Combine(Path.GetTempPath(), "local-azure-" + Guid.NewGuid().ToString("N"));
        await using (var azure = await LocalAzure.HostAsync(new LocalAzureOptions { StorePath = folder }, Cancel))
        {
        }

        var port = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "ports.json"), Cancel))!["https"]!.GetValue<int>();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, port);
        taken.Start();
        await using var cloud = await LocalCloud.StartAsync(folder: folder);
        Assert.NotEqual(port, cloud.Connection.Https.Port);
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(cloud.Azure.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForShutdown_StoreDisappears_Ends()
    {
        var cloud = await LocalCloud.StartAsync();
        Directory.Delete(cloud.Folder, recursive: true);
        await cloud.Azure.WaitForShutdownAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task Control_StatusStopReset_FollowTheHost()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var status = await LocalAzureControl.StatusAsync(cloud.Folder, Cancel);
        Assert.True(status.IsRunning);
        Assert.Equal(5, status.Resources);

        await LocalAzureControl.ResetAsync(cloud.Folder, Cancel);
        Assert.Equal(0, (await LocalAzureControl.StatusAsync(cloud.Folder, Cancel)).Resources);

        var shutdown = cloud.Azure.WaitForShutdownAsync(Cancel);
        var stop = LocalAzureControl.StopAsync(cloud.Folder, Cancel);
        await shutdown;
        await cloud.Azure.DisposeAsync();
        Assert.True(await stop);
        Assert.False((await LocalAzureControl.StatusAsync(cloud.Folder, Cancel)).IsRunning);
        Assert.False(await LocalAzureControl.StopAsync(cloud.Folder, Cancel));
    }

    [Fact]
    public async Task Environment_BundleInUse_IsKeptInOurs()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var own = Path.Combine(cloud.Folder, "corporate.pem");
        await File.WriteAllTextAsync(own, "-----BEGIN CERTIFICATE-----\nY29ycG9yYXRl\n-----END CERTIFICATE-----\n", Cancel);
        var variables = (await EmulatorEnvironment.VariablesAsync(cloud.Connection, new Dictionary<string, string> { ["NODE_EXTRA_CA_CERTS"] = own }, Cancel)).ToDictionary();
        var bundle = await File.ReadAllTextAsync(variables["SSL_CERT_FILE"], Cancel);
        Assert.Contains("Y29ycG9yYXRl", bundle, StringComparison.Ordinal);
        Assert.Contains((await File.ReadAllTextAsync(cloud.Connection.CertificatePath, Cancel)).Trim(), bundle, StringComparison.Ordinal);
        Assert.Equal(variables["SSL_CERT_FILE"], variables["REQUESTS_CA_BUNDLE"]);
        Assert.Equal(cloud.Connection.ClientSecret, variables["AZURE_CLIENT_SECRET"]);
        Assert.Equal(cloud.Connection.Https.AbsoluteUri, variables["AZURE_AUTHORITY_HOST"]);
    }

    [Fact]
    public async Task RequestLog_ReadsAndWrites_AreToldApartAndHoldNoSecret()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("mini")).MustBe(201);
        var (_, key) = await cloud.EndpointAsync(cloud.Serverless("mini"));
        await cloud.SendAsync("GET", $"{cloud.GroupId}?api-version=2024-03-01&sig=topsecret");
        var requests = cloud.Requests();
        Assert.Contains(requests, request => (string?)request["method"] == "PUT" && (bool?)request["write"] == true);
        Assert.All(requests.Where(request => (string?)request["method"] is "GET" or "POST"), request => Assert.False((bool?)request["write"]));
        var text = await File.ReadAllTextAsync(cloud.Azure.RequestLogPath, Cancel);
        Assert.DoesNotContain("topsecret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Connection.ClientSecret, text, StringComparison.Ordinal);
    }
}

using System.Net;
using System.Net.NetworkInformation;
using Deploy.Core;

namespace Deploy.Emulator.Tests.Hosting;

public sealed class ListenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    public async Task Host_AddressOthersReach_NeedsTheFlag(string address)
    {
        var folder = Path.Combine(Path.GetTempPath(), "local-azure-" + Guid.NewGuid().ToString("N"));
        try
        {
            var thrown = await Assert.ThrowsAsync<DeployException>(() => LocalAzure.HostAsync(new LocalAzureOptions { StorePath = folder, Listen = IPAddress.Parse(address) }, Cancel));
            Assert.Equal("DEP6010", thrown.Error.Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Host_ByDefault_IsOnLoopbackOnly()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var ports = new[] { cloud.Connection.Https.Port, cloud.Connection.Http.Port };
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => ports.Contains(listener.Port)).ToList();
        Assert.Equal(2, listeners.Count);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address)));
    }

    [Fact]
    public async Task Host_AnotherAddressAllowed_AnswersThereWithACertificateForIt()
    {
        var listen = IPAddress.Parse("127.0.0.2");
        await using var cloud = await LocalCloud.StartAsync(options => options with { Listen = listen });
        Assert.Equal("127.0.0.2", cloud.Connection.Https.Host);
        Assert.Equal("127.0.0.1", cloud.Connection.Http.Host);
        Assert.True(cloud.Connection.Certificate.MatchesHostname("127.0.0.2"));
        (await cloud.SendAsync("GET", "/")).MustBe(200);
        Assert.True((await LocalAzureControl.StatusAsync(cloud.Folder, Cancel)).IsRunning);
    }
}

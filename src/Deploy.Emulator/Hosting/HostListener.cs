using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deploy.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Deploy.Emulator.Hosting;

/// <summary>Opens the two addresses of a store, on the ports that it had before when they are free.</summary>
internal sealed class HostListener(StoreFolder folder, LocalAzureOptions options, List<string> notices)
{
    // Below the range from which systems draw the ports of outgoing connections, so that a port kept for weeks stays free.
    private const int FirstPort = 20000;
    private const int PortCount = 10000;
    private const int Draws = 20;

    /// <exception cref="DeployException">DEP6003; DEP6010.</exception>
    public async Task<(WebApplication Server, StorePorts Ports)> ListenAsync(HostHandler handler, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        if (options is { Listen: { } address, AllowRemote: false } && !IPAddress.IsLoopback(address))
        {
            throw new DeployException(EmulatorErrors.RemoteNotAllowed.With($"Others can reach {address}."));
        }

        var kept = StoreFolder.ReadJson<StorePorts>(folder.Ports);
        var wanted = new StorePorts(options.HttpsPort ?? kept?.Https ?? Draw(), options.HttpPort ?? kept?.Http ?? Draw());
        for (var draw = 0; draw < Draws; draw++)
        {
            if (wanted.Https != wanted.Http && await TryListenAsync(handler, certificate, wanted, cancellationToken) is { } server)
            {
                if (kept is not null && kept != wanted && options is { HttpsPort: null, HttpPort: null })
                {
                    notices.Add($"Another program has taken the ports {kept.Https} and {kept.Http} of this store; it now uses {wanted.Https} and {wanted.Http}. Addresses of endpoints changed with them.");
                }

                return (server, wanted);
            }

            if (options.HttpsPort is not null && options.HttpPort is not null)
            {
                break;
            }

            wanted = new StorePorts(options.HttpsPort ?? Draw(), options.HttpPort ?? Draw());
        }

        throw new DeployException(EmulatorErrors.PortTaken.With($"The ports {wanted.Https} and {wanted.Http} on {StorePorts.Authority(options.Listen)} cannot be opened: another program has one of them."));
    }

    private async Task<WebApplication?> TryListenAsync(HostHandler handler, X509Certificate2 certificate, StorePorts ports, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2L * Protocol.JsonBody.LargestBytes;
            kestrel.Listen(options.Listen ?? IPAddress.Loopback, ports.Https, listen => listen.UseHttps(certificate));
            kestrel.Listen(IPAddress.Loopback, ports.Http);
        });
        var server = builder.Build();
        server.Run(handler.HandleAsync);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await server.DisposeAsync();
            return null;
        }
    }

    private static int Draw() => FirstPort + RandomNumberGenerator.GetInt32(PortCount);
}

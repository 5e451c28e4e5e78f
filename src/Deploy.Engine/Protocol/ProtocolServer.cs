using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Deploy.Engine.Protocol;

/// <summary>Serves monitor and engine on one loopback port, HTTP/2 without TLS, as the SDKs expect.</summary>
internal sealed class ProtocolServer : IAsyncDisposable
{
    public const int MaxMessageBytes = 400 * 1024 * 1024;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private ProtocolServer(WebApplication app, string address) => (_app, Address) = (app, address);

    /// <summary><c>host:port</c>.</summary>
    public string Address { get; }

    public static Task<ProtocolServer> StartAsync(MonitorContext context, CancellationToken cancellationToken) =>
        StartAsync<MonitorService, EngineService>(services => services.AddSingleton(context), cancellationToken);

    /// <summary>Serves other services over the same transport: one to compare with that does nothing, or one that passes everything on.</summary>
    public static async Task<ProtocolServer> StartAsync<TMonitor, TEngine>(Action<IServiceCollection> addDependencies, CancellationToken cancellationToken)
        where TMonitor : Pulumirpc.ResourceMonitor.ResourceMonitorBase
        where TEngine : Pulumirpc.Engine.EngineBase
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);

            // Every registration that waits for its resource holds a stream.
            options.Limits.Http2.MaxStreamsPerConnection = int.MaxValue;
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRouting();
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = MaxMessageBytes;
            options.MaxSendMessageSize = MaxMessageBytes;
        });
        builder.Services.AddSingleton<TMonitor>();
        builder.Services.AddSingleton<TEngine>();
        addDependencies(builder.Services);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGrpcService<TMonitor>();
        app.MapGrpcService<TEngine>();
        await app.StartAsync(cancellationToken);
        var url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(app, new Uri(url).Authority);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>A web server on loopback that plays any number of endpoints, each under a path of its own and by its own script.</summary>
public sealed class ScriptedServer : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, EndpointScript> _scripts = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private int _number;

    /// <summary>Makes it serve https; null for http.</summary>
    internal X509Certificate2? Certificate { get; init; }

    public Uri Root { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (Certificate is not null)
            {
                listen.UseHttps(Certificate);
            }
        }));
        if (Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        Root = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Adds an endpoint and gives its base URI.</summary>
    public Uri Add(EndpointScript script)
    {
        var name = $"e{Interlocked.Increment(ref _number)}";
        _scripts[name] = script;
        return new Uri(Root, $"/{name}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            // Scripts that hang are cut off, not waited for.
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    private Task HandleAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', 3, StringSplitOptions.RemoveEmptyEntries);
        return _scripts.TryGetValue(parts[0], out var script)
            ? script.HandleAsync(context, "/" + string.Join('/', parts.Skip(1)))
            : throw new InvalidOperationException($"No script for {context.Request.Path}.");
    }
}

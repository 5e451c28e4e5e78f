using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Deploy.Azure.Tests;

/// <summary>A scripted https server on loopback: answers by method and path, in order; the last answer stays.</summary>
internal sealed class FakeCloud : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Answer>> _answers = new(StringComparer.OrdinalIgnoreCase);

    private FakeCloud(WebApplication app, X509Certificate2 certificate) => (_app, Certificate) = (app, certificate);

    public X509Certificate2 Certificate { get; }

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentQueue<string> Tokens { get; } = [];

    public AzureCloud Cloud => AzureCloud.Local(Address, Certificate);

    public static async Task<FakeCloud> StartAsync()
    {
        var certificate = MakeCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        var app = builder.Build();
        var fake = new FakeCloud(app, certificate);
        app.Run(fake.AnswerAsync);
        await app.StartAsync();
        fake.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return fake;
    }

    public FakeCloud On(string request, int status, string? body = null, params (string Name, string Value)[] headers)
    {
        _answers.GetOrAdd(request, _ => []).Enqueue(new Answer(status, body, headers));
        return this;
    }

    public AzureSession Session(TokenCredential? credential = null) => new()
    {
        Cloud = Cloud,
        Credential = credential ?? new FixedCredential(),
        SubscriptionId = "sub-1",
        Transport = CloudTransport.Create(Cloud),
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Certificate.Dispose();
    }

    public static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fake", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = $"{context.Request.Method} {context.Request.Path}";
        Requests.Enqueue(request + context.Request.QueryString);
        Tokens.Enqueue(context.Request.Headers.Authorization.ToString());
        if (!_answers.TryGetValue(request, out var queue) || !queue.TryPeek(out var answer))
        {
            context.Response.StatusCode = 501;
            return;
        }

        if (queue.Count > 1)
        {
            queue.TryDequeue(out _);
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Body is not null)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.Body);
        }
    }

    private sealed record Answer(int Status, string? Body, (string Name, string Value)[] Headers);
}

internal sealed class FixedCredential(string token = "token-1") : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}

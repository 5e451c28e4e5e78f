using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Deploy.Core;

namespace Deploy.Azure.Arm;

/// <summary>The control plane over Azure.Core's pipeline.</summary>
public sealed class ArmClient : IArmClient
{
    private const int MaxTextCharacters = 2000;

    private readonly HttpPipeline _pipeline;
    private readonly ArmPolling _polling;

    /// <param name="session">Cloud, credential and transport.</param>
    /// <param name="options">Patience; null = defaults.</param>
    /// <param name="timeProvider">Clock of polls; null = the system's.</param>
    public ArmClient(AzureSession session, ArmClientOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= new ArmClientOptions();
        Session = session;
        _pipeline = BuildPipeline(session, options);
        _polling = new ArmPolling(this, options, timeProvider ?? TimeProvider.System);
    }

    public AzureSession Session { get; }

    public async Task<ArmResponse> SendAsync(ArmRequest request, CancellationToken cancellationToken)
    {
        var address = Address(request);
        using var message = _pipeline.CreateMessage();
        message.Request.Method = request.Method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("Accept", "application/json");
        foreach (var (name, value) in request.Headers)
        {
            message.Request.Headers.SetValue(name, value);
        }

        if (request.Body is not null)
        {
            message.Request.Headers.SetValue("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(request.Body.ToJsonString()));
        }

        await TransmitAsync(message, address, cancellationToken);
        return ToResponse(message.Response, $"{request.Method} {address.AbsolutePath}");
    }

    public Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions options, CancellationToken cancellationToken) =>
        _polling.RunAsync(request, options, cancellationToken);

    /// <summary>The full address of a request; refused when it is not on the cloud's control plane, because every request carries the token.</summary>
    internal Uri Address(ArmRequest request)
    {
        var resolved = Resolve(request.Path);
        var builder = new RequestUriBuilder();
        builder.Reset(resolved);
        var present = resolved.Query;
        if (request.ApiVersion is not null && !present.Contains("api-version=", StringComparison.OrdinalIgnoreCase))
        {
            builder.AppendQuery("api-version", request.ApiVersion);
        }

        foreach (var (name, value) in request.Query)
        {
            builder.AppendQuery(name, value);
        }

        return builder.ToUri();
    }

    /// <summary>Makes a relative or absolute address absolute and checks its host.</summary>
    internal Uri Resolve(string pathOrAddress)
    {
        // A rooted path parses as an absolute file: address on Unix.
        var address = pathOrAddress.StartsWith('/') || !Uri.TryCreate(pathOrAddress, UriKind.Absolute, out var absolute)
            ? new Uri(Session.Cloud.ResourceManager, pathOrAddress.StartsWith("//", StringComparison.Ordinal) ? pathOrAddress.TrimStart('/') : pathOrAddress)
            : absolute;
        if (!AzureCloud.SameOrigin(address, Session.Cloud.ResourceManager))
        {
            throw new DeployException(AzureErrors.ForeignAddress.With(
                $"'{address.GetLeftPart(UriPartial.Path)}' is not on {Session.Cloud.ResourceManager}, so no request with a token is sent there."));
        }

        return address;
    }

    private async Task TransmitAsync(HttpMessage message, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new DeployException(AzureErrors.SignInFailed.With($"No token for {Session.Cloud.ResourceManagerScope} from {Session.Cloud.AuthorityHost}.", detail: exception.Message), exception);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var cause = exception is AggregateException { InnerExceptions.Count: > 0 } many ? many.InnerExceptions[^1] : exception;
            throw new DeployException(AzureErrors.Unreachable.With($"No answer from {address.GetLeftPart(UriPartial.Authority)}.", detail: cause.Message), exception);
        }
    }

    private static ArmResponse ToResponse(Response response, string subject)
    {
        var headers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in response.Headers)
        {
            headers[header.Name] = header.Value;
        }

        var content = response.ContentStream is null ? string.Empty : response.Content.ToString();
        var body = Parse(content);
        var text = body is null && content.Length > 0 ? content[..Math.Min(content.Length, MaxTextCharacters)] : null;
        return new ArmResponse { Status = response.Status, Headers = headers.ToImmutable(), Body = body, Text = text, Subject = subject };
    }

    private static JsonNode? Parse(string content)
    {
        try
        {
            return string.IsNullOrWhiteSpace(content) ? null : JsonNode.Parse(content);
        }
        catch (JsonException)
        {
            // A proxy's or gateway's page: the caller gets it as text.
            return null;
        }
    }

    private static HttpPipeline BuildPipeline(AzureSession session, ArmClientOptions options)
    {
        var settings = new PipelineOptions { Transport = session.Transport };
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        settings.Diagnostics.ApplicationId = "phi-deploy";
        settings.Retry.Mode = RetryMode.Exponential;
        settings.Retry.MaxRetries = options.MaxRetries;
        settings.Retry.Delay = options.RetryDelay;
        settings.Retry.MaxDelay = options.MaxRetryDelay;
        settings.Retry.NetworkTimeout = options.RequestTimeout;
        return HttpPipelineBuilder.Build(settings, new BearerTokenAuthenticationPolicy(session.Credential, session.Cloud.ResourceManagerScope));
    }

    private sealed class PipelineOptions : ClientOptions;
}

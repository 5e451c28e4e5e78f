using System.Net.ServerSentEvents;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>Sends probes. Whatever happens becomes a <see cref="ProbeResult"/>; only the caller's own cancellation is thrown.</summary>
internal sealed class InferenceClient
{
    /// <summary>What a body may hold; one number is asked for.</summary>
    public const long BodyLimitBytes = 4 * 1024 * 1024;

    private readonly HttpPipeline _pipeline;
    private readonly TimeProvider _timeProvider;

    public InferenceClient(HttpPipelineTransport transport, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        var options = new PipelineOptions { Transport = transport };
        // Repeating a request is a decision of the run, where it is seen and counted.
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.ApplicationId = "deploy-verify";
        _pipeline = HttpPipelineBuilder.Build(options);
    }

    public async Task<ProbeResult> SendAsync(ProbeRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        var facts = new ConnectionFacts();
        using var recording = new Recording(_timeProvider, facts);
        using var deadline = new CancellationTokenSource(limit, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        ProbeFailure? failure = null;
        try
        {
            await ExchangeAsync(request, facts, recording, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // A transport may report our own deadline as an error of its own.
            failure = deadline.IsCancellationRequested
                ? new(ProbeFailureKind.TimedOut, recording.HasResponse || facts.ConnectionStood, "No answer within the time limit.", limit)
                : ProbeFailure.From(exception, recording.HasResponse || facts.ConnectionStood);
        }

        return recording.ToResult(request, failure);
    }

    private async Task ExchangeAsync(ProbeRequest request, ConnectionFacts facts, Recording recording, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        message.SetProperty(typeof(ConnectionFacts), facts);
        Fill(message.Request, request);
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        recording.Headers(message.Response);
        if (message.Response.ContentStream is not { } content)
        {
            return;
        }

        var capture = recording.Body(content);
        // A stream by another name is still read as one, as it comes; what it is called is judged later. Other text has no events in it.
        if (recording.IsEventStream || (request.WantsStream && recording.MayBeStream))
        {
            await ReadEventsAsync(capture, recording, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await capture.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ReadEventsAsync(BodyCapture capture, Recording recording, CancellationToken cancellationToken)
    {
        await foreach (var item in SseParser.Create(capture).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            recording.Event(item.EventType, item.Data);
            // Some servers keep the connection open behind the end of the stream.
            if (item.Data == StreamEnd.Done)
            {
                return;
            }
        }
    }

    private static void Fill(Request wire, ProbeRequest request)
    {
        wire.Method = request.Method;
        wire.Uri.Reset(request.Uri);
        wire.Headers.SetValue("Accept-Encoding", "identity");
        wire.Headers.SetValue("Accept", request.WantsStream ? "text/event-stream, application/json" : "application/json");
        if (request.Authorization is { } authorization)
        {
            wire.Headers.SetValue(authorization.Header, authorization.Value);
        }

        foreach (var (name, value) in request.Headers)
        {
            wire.Headers.SetValue(name, value);
        }

        if (request.Body is { } body)
        {
            wire.Headers.SetValue("Content-Type", "application/json");
            wire.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body.ToJsonString()));
        }
    }

    private sealed class PipelineOptions : ClientOptions;
}

/// <summary>The word that ends a stream of either dialect.</summary>
internal static class StreamEnd
{
    public const string Done = "[DONE]";
}

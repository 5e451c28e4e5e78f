using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.DataPlane.Throttling;
using Deploy.Emulator.DataPlane.Upstream;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.DataPlane;

/// <summary>Takes one chat request through filter, limits and model, and writes what comes out of it.</summary>
internal sealed class ChatEndpoint(Cloud cloud, IChatModel model, RateLimits rates, PendingRequests pending)
{
    /// <param name="context">The request.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="chat">The body as a chat.</param>
    /// <param name="dialect">How the client speaks.</param>
    /// <param name="shape">What becomes of a completion or chunk before it leaves; null for nothing.</param>
    /// <returns>Null when a stream was written.</returns>
    public async Task<ArmResponse?> AnswerAsync(HttpContext context, EndpointTarget target, JsonObject chat, Dialect dialect, Func<JsonObject, JsonObject>? shape = null)
    {
        var option = context.Request.Headers[ExtraParameters.Header].ToString();
        var (request, wrong) = new ChatRequestReader(target.Model, target.IsManaged, dialect).Read(chat, option.Length > 0 ? option : null);
        if (request is null)
        {
            return InferenceErrors.Of(wrong!, target.IsManaged);
        }

        return target.IsManaged
            ? await QueueAsync(context, target, request, shape)
            : ContentFilter.Check(target, request, dialect) ?? Throttle(context, target, request) ?? await CompleteAsync(context, target, request, shape, context.RequestAborted);
    }

    private ArmResponse? Throttle(HttpContext context, EndpointTarget target, ChatRequest request)
    {
        var ticket = rates.Take(target.Key, request.PromptTokens);
        foreach (var (name, value) in ticket.Headers)
        {
            context.Response.Headers[name] = value;
        }

        return ticket.Refusal;
    }

    private async Task<ArmResponse?> QueueAsync(HttpContext context, EndpointTarget target, ChatRequest request, Func<JsonObject, JsonObject>? shape)
    {
        var timeout = target.RequestTimeout(cloud.Catalog.Limits)!.Value;
        using var limit = new CancellationTokenSource(timeout, cloud.Options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            using var place = await pending.EnterAsync(target.Key, target.Concurrency, both.Token);
            return place is null
                ? InferenceErrors.TooManyRequests($"The deployment '{target.Deployment!.Name}' has too many pending requests: allowed are {2L * target.Concurrency}, twice what its instances work on at a time.")
                : await CompleteAsync(context, target, request, shape, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return InferenceErrors.Timeout(timeout);
        }
    }

    private async Task<ArmResponse?> CompleteAsync(HttpContext context, EndpointTarget target, ChatRequest request, Func<JsonObject, JsonObject>? shape, CancellationToken cancellationToken)
    {
        var answer = await model.AnswerAsync(target, request, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        if (answer.Completion is { } completion)
        {
            rates.AddTokens(target.Key, UpstreamRequest.Tokens(completion, "completion_tokens"));
            return ArmResponse.Ok(shape?.Invoke(completion) ?? completion);
        }

        try
        {
            await EventStream.WriteAsync(context.Response, Count(target, answer.Chunks!, shape), cancellationToken);
        }
        catch (IOException e)
        {
            // A stream that has begun can only be broken off: written after it, this answer ends the connection.
            context.Items["fault"] ??= e.Message;
            return InferenceErrors.ModelFailed(502, "broken_stream", e.Message);
        }

        return null;
    }

    private async IAsyncEnumerable<JsonObject> Count(EndpointTarget target, IAsyncEnumerable<JsonObject> chunks, Func<JsonObject, JsonObject>? shape)
    {
        await foreach (var chunk in chunks)
        {
            rates.AddTokens(target.Key, UpstreamRequest.Tokens(chunk, "completion_tokens"));
            yield return shape?.Invoke(chunk) ?? chunk;
        }
    }
}

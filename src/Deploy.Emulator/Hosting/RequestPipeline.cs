using Deploy.Core;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Deploy.Emulator.Hosting;

/// <summary>Every request goes through here: whether we are meant, what a fault rule makes of it, what it gets, and a line in the log.</summary>
internal sealed class RequestPipeline(RequestRoutes routes, FaultedRequests faults, RequestLog log, LocalNames names, InstantClock clock, CancellationToken stopping)
{
    // The gateway before online endpoints takes ids of 40 characters, Azure Resource Manager longer ones.
    private const int LongestInferenceId = 40;
    private const int LongestId = 64;

    public async Task HandleAsync(HttpContext context)
    {
        // Whoever waits for a client waits for the end of the host too.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.RequestAborted = ended.Token;
        var path = RequestPath.TryParse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var (status, isWrite) = (0, false);
        AddIds(context, path is ["serverless" or "online", ..] ? LongestInferenceId : LongestId);
        try
        {
            var response = await AnswerAsync(context, path, ended.Token);
            isWrite = response?.IsWrite ?? false;
            status = response?.Status ?? context.Response.StatusCode;
            if (response is not null)
            {
                await ResponseWriter.WriteAsync(context, response);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone: nobody is left to be answered.
            context.Items["fault"] ??= "client gone";
            status = context.Response.HasStarted ? context.Response.StatusCode : 0;
            context.Abort();
        }
        catch (Exception e)
        {
            var refusal = Refusal(e);
            status = refusal.Status;
            context.Items["fault"] = refusal.Status == 500 ? e.ToString() : context.Items["fault"];
            await ResponseWriter.WriteAsync(context, refusal);
        }
        finally
        {
            log.Add(clock.Now, context.Request, "/" + string.Join('/', path ?? ["(refused)"]), status, isWrite, context.Items["fault"] as string);
        }
    }

    private async Task<ArmResponse?> AnswerAsync(HttpContext context, IReadOnlyList<string>? segments, CancellationToken cancellationToken)
    {
        // A page in a browser could reach us under a name of its own that resolves to the loopback address.
        if (!names.Contains(context.Request.Host))
        {
            return ArmErrors.Error(421, "MisdirectedRequest", $"The local Azure answers to {names} only.");
        }

        if (segments is null)
        {
            return ArmErrors.BadRequest("The path of the request is not valid.");
        }

        clock.Jump();
        var isManagement = segments is [{ } first, ..] && first.Equals(Management.Segment, StringComparison.OrdinalIgnoreCase);
        return (isManagement ? null : await faults.BeforeAsync(context, segments, cancellationToken)) ?? await routes.AnswerAsync(context, segments, cancellationToken);
    }

    private static ArmResponse Refusal(Exception exception) => exception switch
    {
        // A form with more fields or longer names than a form may have.
        InvalidDataException bad => ArmErrors.BadRequest(bad.Message),
        BadHttpRequestException bad => ArmErrors.Error(bad.StatusCode, "BadRequest", bad.Message),
        DeployException known => ArmErrors.Error(500, known.Error.Code, known.Error.Message),
        _ => ArmErrors.Error(500, "InternalServerError", $"The local Azure failed with {exception.GetType().Name}; requests.log in its store has the details."),
    };

    private static void AddIds(HttpContext context, int longest)
    {
        var id = Guid.NewGuid().ToString();
        var headers = context.Response.Headers;
        headers["x-ms-request-id"] = id;
        headers["x-request-id"] = id;
        headers["x-ms-correlation-request-id"] = Echo(context.Request.Headers["x-ms-correlation-request-id"], longest) ?? id;
        headers["x-ms-routing-request-id"] = $"LOCAL:{id}";
        if (Echo(context.Request.Headers["x-ms-client-request-id"], longest) is { } client)
        {
            headers["x-ms-client-request-id"] = client;
        }
    }

    private static string? Echo(string? value, int longest) =>
        value is { Length: > 0 } && value.Length <= longest && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') ? value : null;
}

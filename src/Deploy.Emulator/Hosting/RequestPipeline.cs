using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.DataPlane;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Deploy.Emulator.Hosting;

/// <summary>Every request goes through here: who it is for, whether it may, what it gets, and a line in the log.</summary>
internal sealed class RequestPipeline(Cloud cloud, ArmRouter arm, InferenceRouter inference, Authority authority, Management management, RequestLog log)
{
    // The gateway before online endpoints takes ids of 40 characters, Azure Resource Manager longer ones.
    private const int LongestInferenceId = 40;
    private const int LongestId = 64;

    private static readonly string[] LocalNames = ["127.0.0.1", "localhost", "[::1]"];

    public async Task HandleAsync(HttpContext context)
    {
        var path = RequestPath.TryParse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var isWrite = false;
        AddIds(context, path is ["serverless" or "online", ..] ? LongestInferenceId : LongestId);
        try
        {
            var response = await AnswerAsync(context, path, context.RequestAborted);
            if (response is not null)
            {
                isWrite = response.IsWrite;
                await WriteAsync(context, response);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to be answered.
            context.Items["fault"] ??= "client gone";
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(context, ArmErrors.Error(e.StatusCode, "BadRequest", e.Message));
        }
        catch (DeployException e)
        {
            await WriteAsync(context, ArmErrors.Error(500, e.Error.Code, e.Error.Message));
        }
        catch (Exception e)
        {
            context.Items["fault"] = e.ToString();
            await WriteAsync(context, ArmErrors.Error(500, "InternalServerError", $"The local Azure failed with {e.GetType().Name}; requests.log in its store has the details."));
        }
        finally
        {
            log.Add(cloud.Now, context.Request, "/" + string.Join('/', path ?? ["(refused)"]), context.Response.StatusCode, isWrite, context.Items["fault"] as string);
        }
    }

    private async Task<ArmResponse?> AnswerAsync(HttpContext context, IReadOnlyList<string>? segments, CancellationToken cancellationToken)
    {
        // A page in a browser could reach us under a name of its own that resolves to the loopback address.
        if (!LocalNames.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return ArmErrors.Error(421, "MisdirectedRequest", "The local Azure answers to 127.0.0.1 and localhost only.");
        }

        if (segments is null)
        {
            return ArmErrors.BadRequest("The path of the request is not valid.");
        }

        if (segments.Count == 0)
        {
            return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
                ? new ArmResponse(200, JsonValue.Create("local Azure: healthy"))
                : ArmErrors.Error(405, "MethodNotAllowed", "Only GET is allowed here.");
        }

        return segments[0].ToLowerInvariant() switch
        {
            "serverless" or "online" => await inference.AnswerAsync(context, segments, cancellationToken),
            _ when !context.Request.IsHttps => ArmErrors.Error(403, "HttpsRequired", "Over http there is model inference only. Use the https address."),
            Management.Segment => management.Answer(context.Request, segments),
            "subscriptions" or "providers" or "tenants" => await ArmAsync(context, segments, cancellationToken),
            "metadata" when segments is [_, "endpoints"] => ArmResponse.Ok(Metadata(context.Request)),
            _ => await authority.AnswerAsync(segments, context.Request, cancellationToken) ?? ArmErrors.Error(404, "NotFound", $"There is nothing at '/{string.Join('/', segments)}'."),
        };
    }

    private async Task<ArmResponse> ArmAsync(HttpContext context, IReadOnlyList<string> segments, CancellationToken cancellationToken)
    {
        if (await ArmAuthentication.CheckAsync(context.Request, cloud) is { } refused)
        {
            return refused;
        }

        var (body, fault, status) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (fault is not null)
        {
            return status == 413 ? ArmErrors.Error(413, "RequestContentTooLarge", fault) : ArmErrors.InvalidContent(fault);
        }

        return arm.Answer(context.Request, segments, body);
    }

    private JsonNode Metadata(HttpRequest request)
    {
        // Versions before 2019 answer one object, later ones a list of clouds.
        var cloudEndpoints = authority.Endpoints();
        return string.CompareOrdinal(request.Query["api-version"].ToString(), "2019") < 0 ? cloudEndpoints : new JsonArray(cloudEndpoints);
    }

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

    private static string? Echo(string? value, int longest) => value is { Length: > 0 } && value.Length <= longest && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') ? value : null;

    private static async Task WriteAsync(HttpContext context, ArmResponse response)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (response.Body is null || HttpMethods.IsHead(context.Request.Method) || response.Status == 204)
        {
            return;
        }

        if (response.Body is JsonValue text && text.TryGetValue<string>(out var plain))
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(plain);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(response.Body.ToJsonString(Texts.Relaxed));
    }
}

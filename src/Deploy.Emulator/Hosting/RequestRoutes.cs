using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.DataPlane;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Hosting;

/// <summary>Who answers a request, by its path.</summary>
internal sealed class RequestRoutes(Cloud cloud, ArmRouter arm, InferenceRouter inference, Authority authority, Management management)
{
    /// <summary>Null when a stream was written.</summary>
    public async Task<ArmResponse?> AnswerAsync(HttpContext context, IReadOnlyList<string> segments, CancellationToken cancellationToken)
    {
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
            Management.Segment => await management.AnswerAsync(context.Request, segments, cancellationToken),
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
}

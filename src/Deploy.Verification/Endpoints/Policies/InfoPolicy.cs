using System.Text.Json;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>The identity an endpoint reports.</summary>
internal sealed record ModelIdentity(string? Name, string? Type, string? Provider)
{
    /// <summary>Null when the text is no JSON object.</summary>
    public static ModelIdentity? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? null
                : new(JsonText.String(root, "model_name"), JsonText.String(root, "model_type"), JsonText.String(root, "model_provider_name"));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Judges <c>info</c>: matches, differs, absent by design, absent unexpectedly.</summary>
internal static class InfoPolicy
{
    // Documentation and specification spell it differently.
    private static readonly string[] ChatTypes = ["chat-completion", "chat-completions"];

    public static Finding Judge(Exchange exchange, EndpointContext context, bool chatIsAccepted, EndpointDialect dialect = EndpointDialect.AzureInference)
    {
        var result = exchange.Last;
        if (chatIsAccepted && dialect == EndpointDialect.OpenAIV1 && result.Status is 404 or 405)
        {
            return Finding.Skip($"Absent by design: the OpenAI dialect, the only one spoken here, has no /info (status {result.Status}).");
        }

        // A gateway that knows the chat route only sends everything else to a page of its own.
        if (chatIsAccepted && result.Response is { } odd && CausePolicy.OfIntermediary(odd) is { Status: CheckStatus.Fail } page)
        {
            return Finding.Of(EndpointErrors.InfoMissing, $"/info does not answer as the endpoint does: {page.Message}");
        }

        if (result.Response is { Status: 404 or 405 or 424 or 501 or 502 } missing && CausePolicy.OfIntermediary(missing) is null)
        {
            return OfAbsent(missing.Status, context.Target);
        }

        if (result.Status is 401 or 403 && chatIsAccepted && CausePolicy.OfIntermediary(result.Response!) is null)
        {
            return Finding.Of(EndpointErrors.InfoMissing, $"/info refuses the credential that the chat route accepts ({result.Status}).");
        }

        if (CausePolicy.Judge(exchange, context) is { } cause)
        {
            return cause;
        }

        return ModelIdentity.Read(result.Response!.Body) is { Name: not null } or { Type: not null } ? OfIdentity(result.Response, context.Target) : OfUnreadable(result.Response);
    }

    private static Finding OfAbsent(int status, EndpointTarget target) => target.Compute == ComputeKind.Managed
        ? Finding.Skip($"Absent by design: images for managed compute need not serve /info (status {status}).")
        : Finding.Of(EndpointErrors.InfoMissing, $"/info is missing (status {status}), though serverless endpoints serve it.");

    private static Finding OfIdentity(ProbeResponse response, EndpointTarget target)
    {
        var info = ModelIdentity.Read(response.Body)!;
        if (info.Name is { } name && target.Model is { } expected && !ModelNames.AreSame(name, expected.Value))
        {
            return Finding.Of(EndpointErrors.ModelDiffers, $"/info reports the model '{name}'; '{expected}' was expected.");
        }

        if (info.Type is { } type && !ChatTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return Finding.Of(EndpointErrors.NotAChatModel, $"/info reports the type '{type}'; 'chat-completion' was expected.");
        }

        return info switch
        {
            { Name: null or "" } => Finding.Of(EndpointErrors.ModelUnnamed, "/info does not name the model."),
            { Type: null } => Finding.Of(EndpointErrors.ModelUnnamed, $"/info reports the model '{info.Name}' but no type."),
            _ when target.Model is null => Finding.Pass($"/info reports the model '{info.Name}'; no other was expected."),
            _ => Finding.Pass($"/info reports the model '{info.Name}', as expected."),
        };
    }

    private static Finding OfUnreadable(ProbeResponse response) => string.IsNullOrWhiteSpace(response.Body)
        ? Finding.Of(EndpointErrors.InfoUnreadable, $"/info answers 200 with nothing but white space ({response.BodySizeBytes} bytes).")
        : Finding.Of(EndpointErrors.InfoUnreadable, $"/info answers 200, but not with a model's name and type ({response.BodySizeBytes} bytes, content type '{response.MediaType}').");
}

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Judges <c>safety</c>: whether the content filter stops the text that the user said it must. That it lets harmless text pass is judged by <c>chat.basic</c>.</summary>
internal static class SafetyPolicy
{
    /// <summary>Why the check is not run; null when it is.</summary>
    public static string? ReasonToSkip(EndpointTarget target, string? probe) =>
        target.ContentSafety == false ? "Content safety is off for this endpoint."
        : target.ContentSafety is null ? "Whether content safety is on is not known, or it is not offered on this compute."
        : string.IsNullOrWhiteSpace(probe) ? "No probe was given: which text must be filtered is the user's to say."
        : null;

    public static Finding Judge(Exchange exchange, EndpointContext context)
    {
        var response = exchange.Last.Response;
        if (response is { Status: 400 or 422 } && ServiceText.Of(response).Code == "content_filter")
        {
            return Finding.Pass($"The probe is filtered (status {response.Status}, content_filter).");
        }

        if (ChatPolicy.IsRefused(exchange))
        {
            return Finding.Of(EndpointErrors.FilterUnusual, $"The probe is refused with status {response!.Status}, but not with the code content_filter.");
        }

        var (fault, body) = ChatPolicy.Open(exchange, context);
        return fault
            ?? (body!.FinishReason == "content_filter"
                ? Finding.Pass("The answer to the probe is filtered (finish reason content_filter).")
                : Finding.Of(EndpointErrors.NotFiltered, $"The probe was answered (finish reason {body.FinishReason ?? "missing"}) although content safety is on."));
    }
}

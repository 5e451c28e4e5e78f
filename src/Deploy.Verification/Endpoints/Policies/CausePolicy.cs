using System.Globalization;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Names the cause when a request did not bring a complete response with status 200.</summary>
internal static class CausePolicy
{
    /// <summary>The cause; null when there is a complete response with status 200, whatever it says.</summary>
    public static Finding? Judge(Exchange exchange, EndpointContext context)
    {
        var result = exchange.Last;
        if (result.Failure is { Kind: ProbeFailureKind.TimedOut } && exchange.IsCutShort)
        {
            return Finding.Of(EndpointErrors.BudgetSpent, $"Only {Seconds(result.Timings.Total)} of the time limit were left for this check, and no answer came within them.");
        }

        return result.Response is { } response
            ? OfIntermediary(response) ?? OfStatus(exchange, response, context) ?? OfBody(result, response)
            : OfFailure(result.Failure ?? new(ProbeFailureKind.Unexpected, false, "The request ended without a response."));
    }

    /// <summary>The cause when what answered is not the endpoint; null otherwise.</summary>
    public static Finding? OfIntermediary(ProbeResponse response)
    {
        if (response.Status is >= 300 and < 400)
        {
            var location = response.Header("Location") is { } to ? $" to {Origin(to)}" : "";
            return Finding.Of(EndpointErrors.Redirected, $"The URI answers with status {response.Status}, a redirect{location}.");
        }

        if (response.Status == 407)
        {
            return Finding.Of(EndpointErrors.ProxyRefused, "A proxy on the way wants authentication (407); the endpoint was not reached.");
        }

        return IsWebPage(response) && response.Status is 200 or 403
            ? Finding.Of(EndpointErrors.WebPage, $"A web page (text/html, status {response.Status}) came back instead of JSON.")
            : null;
    }

    public static Finding OfFailure(ProbeFailure failure) => failure.Kind switch
    {
        ProbeFailureKind.NameNotResolved => Finding.Of(EndpointErrors.NameNotResolved, $"The host name does not resolve. {failure.Message}"),
        ProbeFailureKind.NotConnected => Finding.Of(EndpointErrors.NoConnection, $"No connection could be made. {failure.Message}"),
        ProbeFailureKind.ConnectTimedOut => Finding.Of(EndpointErrors.ConnectTimedOut, $"No connection came about in time. {failure.Message}"),
        ProbeFailureKind.TlsFailed => Finding.Of(EndpointErrors.TlsFailed, $"No secure connection could be made. {failure.Message}"),
        ProbeFailureKind.CertificateExpired => Finding.Of(EndpointErrors.CertificateExpired, failure.Message),
        ProbeFailureKind.CertificateNameWrong => Finding.Of(EndpointErrors.CertificateNameWrong, failure.Message),
        ProbeFailureKind.CertificateUntrusted => Finding.Of(EndpointErrors.CertificateUntrusted, failure.Message),
        ProbeFailureKind.ProxyRefused => Finding.Of(EndpointErrors.ProxyRefused, $"The proxy did not let the request through. {failure.Message}"),
        ProbeFailureKind.NotHttp => Finding.Of(EndpointErrors.NotHttp, $"The answer is not HTTP. {failure.Message}"),
        ProbeFailureKind.ConnectionLost => Finding.Of(EndpointErrors.ConnectionLost, $"The connection stood and was closed before an answer came. {failure.Message}"),
        ProbeFailureKind.TimedOut when failure.ConnectionStood =>
            Finding.Of(EndpointErrors.NoAnswerInTime, $"The connection stood, but no answer came within {Seconds(failure.Limit ?? TimeSpan.Zero)}."),
        ProbeFailureKind.TimedOut => Finding.Of(EndpointErrors.ConnectTimedOut, $"No connection came about within {Seconds(failure.Limit ?? TimeSpan.Zero)}."),
        _ => Finding.Of(EndpointErrors.ProbeBroke, $"The request could not be carried out. {failure.Message}"),
    };

    private static Finding? OfStatus(Exchange exchange, ProbeResponse response, EndpointContext context)
    {
        var text = ServiceText.Of(response);
        return response.Status switch
        {
            200 => null,
            204 => Finding.Of(EndpointErrors.EmptyAnswer, "The endpoint answers with status 204 and no content."),
            400 when text.Code is "content_filter" => Finding.Of(EndpointErrors.BenignFiltered, $"The content filter refused an addition of two numbers (400).{text.Quoted}"),
            400 when IsModelMissing(response) => OfMissing(response, text, context),
            400 or 413 or 415 or 422 => Finding.Of(EndpointErrors.RequestRefused, $"The request is refused with status {response.Status}.{text.Quoted}"),
            401 or 403 => RefusalCause.Of(response, text, context.Target),
            404 or 405 or 410 or 501 => OfMissing(response, text, context),
            408 => Finding.Of(EndpointErrors.RequestTimedOut, $"The service waited for the model and gave up (408).{text.Quoted}"),
            424 => OfModelError(response, text),
            429 => OfThrottling(exchange, response, text, context),
            503 when exchange.GaveUp is { } gaveUp => Finding.Of(EndpointErrors.ServiceFailed, $"The service is unavailable (503): {gaveUp}.{text.Quoted}"),
            502 when text.Mentions("Downstream unavailable") => Finding.Of(EndpointErrors.NotReady, $"The model server behind the endpoint is not up (502).{text.Quoted}"),
            >= 500 => Finding.Of(EndpointErrors.ServiceFailed, $"The service fails with status {response.Status}.{text.Quoted}"),
            _ => Finding.Of(EndpointErrors.UnexpectedStatus, $"The endpoint answers with status {response.Status}; 200 was expected.{text.Quoted}"),
        };
    }

    // Managed endpoints answer 429 as well when more requests wait than instances may hold; only a rate limit tells when to come back.
    private static Finding OfThrottling(Exchange exchange, ProbeResponse response, ServiceText text, EndpointContext context)
    {
        var isCrowded = context.Target.Compute == ComputeKind.Managed && response.Header("Retry-After") is null && RateLimits.Of(response).Count == 0;
        return Finding.Of(
            EndpointErrors.Throttled,
            $"The endpoint is throttled (429{(isCrowded ? ", by the requests that are pending" : "")}): {exchange.GaveUp ?? "no time for another attempt"}.{text.Quoted}",
            isCrowded ? "Run `deploy verify` again later; raise maxConcurrentRequestsPerInstance of the deployment, or its instances, if it happens without load." : null);
    }

    private static Finding OfMissing(ProbeResponse response, ServiceText text, EndpointContext context)
    {
        var target = context.Target;
        if (context.Hint is { } hint)
        {
            return hint.IsScoringOnly
                ? Finding.Of(EndpointErrors.RouteNotFound, $"There is no chat route here (status {response.Status}); only the scoring route /score answers, as on deployments made before 24 June 2024.", "Deploy the model again: newer images have the chat route.")
                : Finding.Of(EndpointErrors.RouteNotFound, $"There is no chat route at this URI (status {response.Status}), but there is one at {hint.Uri.AbsoluteUri.TrimEnd('/')}.", $"The URI should be {hint.Uri.AbsoluteUri.TrimEnd('/')}.");
        }

        if (IsModelMissing(response))
        {
            return Finding.Of(EndpointErrors.ModelNotServed, $"The service has no model or deployment '{target.Model?.Value ?? "default"}' (status {response.Status}).{text.Quoted}");
        }

        if (response.Status == 410 || text.Mentions("retired") || text.Mentions("deprecated") || (response.Status == 404 && context.ModelIsRetired && !context.InfoAnswered))
        {
            var successor = context.Successor is { } name ? $"Deploy the model's successor, {name}." : null;
            return Finding.Of(EndpointErrors.ModelRetired, $"Status {response.Status}, and {target.Model?.Value ?? "the model"} is retired: endpoints of retired models answer so.{text.Quoted}", successor);
        }

        return response.Status == 404 && target.Compute == ComputeKind.Managed && !context.InfoAnswered
            ? Finding.Of(EndpointErrors.NoTraffic, $"The endpoint's gateway answers 404 to every route: no deployment gets traffic.{text.Quoted}")
            : Finding.Of(EndpointErrors.RouteNotFound, $"Neither dialect's chat route exists here (status {response.Status}).{text.Quoted}");
    }

    private static Finding OfModelError(ProbeResponse response, ServiceText text)
    {
        var status = response.Header("ms-azureml-model-error-statuscode");
        var reason = response.Header("ms-azureml-model-error-reason");
        var said = $"The model's container answered with status {status ?? "unknown"}, reason {reason ?? "unknown"} (424).{text.Quoted}";
        return (status, reason) switch
        {
            (null, null) => Finding.Of(EndpointErrors.NotReady, $"The deployment is not ready to answer (424).{text.Quoted}"),
            ("429", _) => Finding.Of(EndpointErrors.Throttled, said, "Run `deploy verify` again later; give the deployment more instances, or a higher concurrency, if it happens without load."),
            ("502" or "503", _) => Finding.Of(EndpointErrors.NotReady, said),
            ("408" or "504", _) => Finding.Of(EndpointErrors.RequestTimedOut, said),
            _ => Finding.Of(EndpointErrors.ModelFailed, said),
        };
    }

    /// <summary>Whether the route is there and the model named in the request is not.</summary>
    public static bool IsModelMissing(ProbeResponse response)
    {
        var text = ServiceText.Of(response);
        return response.Status is 400 or 404
            && (text.Code is "DeploymentNotFound" or "model_not_found" or "unknown_model" or "unavailable_model" or "ModelNotFound"
                || (response.Status == 404 && text.Mentions("the model `") && text.Mentions("does not exist")));
    }

    /// <summary>Whether the route refuses the api-version, which only one of the dialects has.</summary>
    public static bool RefusesVersion(ProbeResponse response) =>
        response.Status == 400 && ServiceText.Of(response) is var text && (text.Mentions("api-version") || text.Mentions("api version") || text.Code is "UnsupportedApiVersion" or "InvalidApiVersionParameter");

    private static Finding? OfBody(ProbeResult result, ProbeResponse response)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{response.BodySizeBytes:N0} bytes");
        if (response.BodyTooLarge)
        {
            return Finding.Of(EndpointErrors.BodyTooLarge, $"The body goes on beyond 4 MiB ({size} were read).");
        }

        return result.Failure switch
        {
            null => null,
            { Kind: ProbeFailureKind.TimedOut } failure =>
                Finding.Of(EndpointErrors.NoAnswerInTime, $"The answer began and stopped after {size}; nothing more came within {Seconds(failure.Limit ?? TimeSpan.Zero)}."),
            { Kind: ProbeFailureKind.ConnectionLost or ProbeFailureKind.NotHttp } => Finding.Of(EndpointErrors.BodyTruncated, $"The body ends early, after {size}."),
            var failure => OfFailure(failure),
        };
    }

    public static bool IsWebPage(ProbeResponse response)
    {
        var start = response.Body.AsSpan().TrimStart();
        return response.MediaType is "text/html" or "application/xhtml+xml"
            ? start.StartsWith("<", StringComparison.Ordinal)
            : start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    // A redirect's query may carry a token; host and path tell enough.
    private static string Origin(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Path) : location.Split('?')[0];

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}

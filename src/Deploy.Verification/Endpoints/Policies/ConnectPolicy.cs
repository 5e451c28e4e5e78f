using System.Globalization;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Judges <c>connect</c>: whether the endpoint itself was reached.</summary>
internal static class ConnectPolicy
{
    /// <param name="decisive">The exchange nearest to the endpoint's purpose: the chat request if one was sent.</param>
    /// <param name="connectTime">Time of the first connection; null when it was not measured.</param>
    public static Finding Judge(Exchange decisive, InferenceRoutes routes, TimeSpan? connectTime)
    {
        var result = decisive.Last;
        if (result.Response is { } response && CausePolicy.OfIntermediary(response) is { } intermediary)
        {
            return intermediary;
        }

        if (result.Response is null && result.Failure is { } failure && !IsAboutTheAnswer(failure))
        {
            return CausePolicy.OfFailure(failure);
        }

        var time = connectTime is { } value ? string.Create(CultureInfo.InvariantCulture, $"Connected in {value.TotalMilliseconds:0.#} ms.") : "Connected.";
        return Finding.PassOrWarn(time, routes.IsCorrected
            ? [new(EndpointErrors.UriNotBase, $"the URI given is not the base URI, which is {routes.Base.AbsoluteUri.TrimEnd('/')}")]
            : []);
    }

    // The connection stood; what went wrong behind it belongs to the check that asked.
    private static bool IsAboutTheAnswer(ProbeFailure failure) =>
        failure.Kind == ProbeFailureKind.ConnectionLost || (failure.Kind == ProbeFailureKind.TimedOut && failure.ConnectionStood);
}

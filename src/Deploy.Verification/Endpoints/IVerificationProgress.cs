using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints;

/// <summary>Hears about a run while it happens. Calls come from several threads; those about one endpoint come in order.</summary>
public interface IVerificationProgress
{
    /// <summary>The first check of an endpoint begins.</summary>
    void EndpointStarted(EndpointTarget target);

    /// <summary>A check begins; not called for a check that is skipped.</summary>
    void CheckStarted(EndpointTarget target, CheckId check);

    /// <summary>A check has its verdict; called once for every check of the report.</summary>
    void CheckFinished(EndpointTarget target, CheckReport check);

    /// <summary>The run waits before it asks again: throttled, or not ready yet.</summary>
    /// <param name="target">The endpoint that is waited for.</param>
    /// <param name="delay">How long.</param>
    /// <param name="reason">What is waited for, as a clause: <c>throttled (429)</c>.</param>
    void Waiting(EndpointTarget target, TimeSpan delay, string reason);

    void EndpointFinished(EndpointTarget target, EndpointReport report);
}

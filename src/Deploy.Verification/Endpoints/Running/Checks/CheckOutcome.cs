using Deploy.Verification.Endpoints.Policies;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>The verdict of one check with the facts behind it.</summary>
internal sealed record CheckOutcome(Finding Finding, Evidence? Evidence = null);

namespace Pulumi.Waiting;

/// <summary>One output that is waited for.</summary>
/// <param name="Output">The output.</param>
/// <param name="Reason">What for, e.g. <c>input 'location'</c>; null when whoever waits has only one reason.</param>
internal sealed record Wait(IOutput Output, string? Reason);

using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints;

/// <summary>An endpoint that was looked up: either a target to verify, or the report that says why there is none.</summary>
public sealed record ResolvedEndpoint
{
    private ResolvedEndpoint(EndpointTarget? target, EndpointReport? report)
    {
        Target = target;
        Report = report;
    }

    /// <summary>Null when <see cref="Report"/> is not.</summary>
    public EndpointTarget? Target { get; }

    /// <summary>Null when <see cref="Target"/> is not.</summary>
    public EndpointReport? Report { get; }

    /// <summary>The same in a run over several stacks: the project it is shown under carries the stack, <c>prod/search</c>.</summary>
    public ResolvedEndpoint InStack(Core.StackName stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return new(
            Target is null ? null : Target with { Project = $"{stack}/{Target.Project}" },
            Report is null ? null : Report with { Project = $"{stack}/{Report.Project}" });
    }

    public static ResolvedEndpoint Found(EndpointTarget target) => new(target, null);

    public static ResolvedEndpoint Unresolved(EndpointReport report) => new(null, report);
}

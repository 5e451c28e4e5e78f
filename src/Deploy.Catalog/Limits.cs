namespace Deploy.Catalog;

/// <summary>Azure's own bounds. Compiled from <c>Data/limits.json</c>, whose head names date and sources.</summary>
public sealed record Limits
{
    public required ServerlessLimits Serverless { get; init; }

    public required ManagedLimits Managed { get; init; }

    /// <summary>The length of endpoint and deployment names, in characters.</summary>
    public required LengthRange EndpointNameLength { get; init; }

    /// <summary>The length of hub and project names, in characters.</summary>
    public required LengthRange WorkspaceNameLength { get; init; }

    /// <summary>Role assignments in one subscription, over all scopes.</summary>
    public required int RoleAssignmentsPerSubscription { get; init; }
}

/// <param name="TokensPerMinute">Per deployment.</param>
/// <param name="RequestsPerMinute">Per deployment.</param>
/// <param name="DeploymentsPerModelAndProject">How often one project may deploy one model.</param>
public sealed record ServerlessLimits(int TokensPerMinute, int RequestsPerMinute, int DeploymentsPerModelAndProject);

/// <param name="EndpointsPerSubscriptionAndRegion">Online endpoints.</param>
/// <param name="DeploymentsPerSubscriptionAndRegion">Deployments behind online endpoints.</param>
/// <param name="DeploymentsPerEndpoint">Deployments behind one online endpoint.</param>
/// <param name="InstancesPerDeployment">Instances of one deployment.</param>
/// <param name="RequestTimeoutSeconds">The longest that one scoring request may take.</param>
/// <param name="RequestsPerSecond">Per online endpoint.</param>
/// <param name="UpgradeReserve">The share of instances that must be free in addition: 0.2, unless the VM size is exempt.</param>
public sealed record ManagedLimits(
    int EndpointsPerSubscriptionAndRegion,
    int DeploymentsPerSubscriptionAndRegion,
    int DeploymentsPerEndpoint,
    int InstancesPerDeployment,
    int RequestTimeoutSeconds,
    int RequestsPerSecond,
    decimal UpgradeReserve)
{
    /// <summary>
    /// The free cores that Azure demands before it deploys: <c>ceil(1.2 n) * c</c> for n instances with c cores each, <c>n * c</c> when the size is exempt.
    /// Source: Azure Machine Learning, quota allocation of online deployments.
    /// </summary>
    public int CoresNeeded(VmSize size, int instances) =>
        size.IsReserveExempt ? size.Cores(instances) : size.Cores((int)decimal.Ceiling((1 + UpgradeReserve) * instances));
}

public sealed record LengthRange(int Minimum, int Maximum);

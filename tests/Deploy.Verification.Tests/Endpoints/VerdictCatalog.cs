using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Every behaviour whose verdict is fixed, made anew each time, because some remember what they were asked. To add one, add it to the part it belongs to.</summary>
public static class VerdictCatalog
{
    public static IReadOnlyList<Behaviour> All =>
    [
        .. HealthyEndpoints.All,
        .. ReachingEndpoints.All,
        .. AuthenticatingEndpoints.All,
        .. AnsweringEndpoints.All,
        .. StreamingEndpoints.All,
        .. IdentifyingEndpoints.All,
        .. DetailedEndpoints.All,
        .. DeployedEndpoints.All,
        .. RoutedEndpoints.All,
        .. DeceivingEndpoints.All,
    ];

    public static TheoryData<string> Names => [.. All.Select(behaviour => behaviour.Name)];
}

using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments;
using Deploy.Environments.Reading;
using Deploy.Environments.Settings;
using Deploy.Verification.Quota;
using Xunit;

namespace Deploy.Verification.Tests.Quota;

internal static class QuotaFixture
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";
    public const string Group = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w";

    public static readonly StackName Stack = StackName.TryParse("dev")!;

    public static EnvironmentSettings Settings(params string[] endpoints)
    {
        var yaml = "config:\n  azure-native:location: eastus2\n  phi:cloud: local\n  phi:projects:\n    - name: p1\n      endpoints:\n"
            + string.Concat(endpoints.Select(endpoint => $"        - {endpoint}\n"));
        var result = SettingsBinder.Bind(StackFileReader.Read(yaml, "test.yaml", Stack), AzureCatalog.Default);
        Assert.Empty(result.Faults);
        return result.Settings!;
    }

    public static string Managed(string name, string size, int instances) =>
        $"{{ name: {name}, model: Phi-3-mini-4k-instruct, compute: managed, version: 15, instanceType: {size}, instances: {instances} }}";

    public static ResourceIdentifier OnlineEndpoint(string name) => new($"{Group}/onlineEndpoints/{Naming.EndpointName(Subscription, Stack, "p1", name)}");

    public static EnvironmentHoldings Holding(string name, string size, int instances)
    {
        var endpoint = OnlineEndpoint(name);
        return EnvironmentHoldings.From(
        [
            (endpoint, []),
            (new ResourceIdentifier($"{endpoint}/deployments/default"), new JsonObject { ["properties"] = new JsonObject { ["instanceType"] = size }, ["sku"] = new JsonObject { ["capacity"] = instances } }),
        ]);
    }

    public static QuotaUsage Family(string name, long used, long limit) =>
        new() { Type = "Microsoft.MachineLearningServices/vmFamily/usages", Name = name, CurrentValue = used, Limit = limit };

    /// <summary>The family of the sizes in these tests, which Azure keeps a reserve for.</summary>
    public static QuotaUsage V100(long used, long limit) => Family("Standard NCSv3 Family Cluster Dedicated vCPUs", used, limit);

    public static QuotaReadings Readings(params QuotaUsage[] usages) => new()
    {
        Usages = ReadResult.List<QuotaUsage>(usages),
        VmSizes = ReadResult.List<OfferedVmSize>([]),
        OnlineEndpoints = ReadResult.List<TrackedResource>([]),
        OnlineDeployments = ReadResult.List<TrackedResource>([]),
        ServerlessEndpoints = ReadResult.List<TrackedResource>([]),
    };

    public static ReadResult<IReadOnlyList<T>> Forbidden<T>() =>
        ReadResult.Without<IReadOnlyList<T>>(ReadStatus.Forbidden, AzureErrors.Forbidden.With("list: AuthorizationFailed (HTTP 403): no"));

    public static IReadOnlyList<QuotaReportRow> Plan(EnvironmentSettings settings, EnvironmentHoldings holdings, QuotaReadings? readings) =>
        QuotaPlanner.Plan([new QuotaEnvironment { Settings = settings, SubscriptionId = Subscription, Holdings = holdings }], readings, AzureCatalog.Default);

    public static QuotaReportRow Cores(IReadOnlyList<QuotaReportRow> rows) => Assert.Single(rows, row => row.Kind == QuotaKind.Cores);
}

using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure;
using Deploy.Azure.Arm;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments.Reading;
using Deploy.Environments.Settings;
using Deploy.Verification.Quota;
using Xunit;

namespace Deploy.Preflight.Tests;

internal static class PreflightFixture
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";
    public const string Group = $"/subscriptions/{Subscription}/resourceGroups/g";

    public const string Phi3 = "{ name: mini, model: Phi-3-mini-4k-instruct, compute: serverless }";
    public const string Phi4 = "{ name: mini, model: Phi-4, compute: serverless }";
    public const string Managed = "{ name: big, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4 }";

    public static readonly StackName Stack = StackName.TryParse("dev")!;

    public static EnvironmentSettings Settings(string cloud, string lifecycle, string location, params string[] endpoints)
    {
        var yaml = $"config:\n  azure-native:location: {location}\n  phi:cloud: {cloud}\n  phi:lifecycle: {lifecycle}\n  phi:projects:\n    - name: p1\n      endpoints:\n"
            + string.Concat(endpoints.Select(endpoint => $"        - {endpoint}\n"));
        var result = SettingsBinder.Bind(StackFileReader.Read(yaml, "test.yaml", Stack), AzureCatalog.Default);
        Assert.Empty(result.Faults);
        return result.Settings!;
    }

    public static Task<PreflightReport> RunAsync(EnvironmentSettings settings, FakeAzure? azure, EnvironmentHoldings? holdings = null) =>
        new PreflightChecker(AzureCatalog.Default, new FixedClock()).RunAsync(
            new PreflightRequest
            {
                Settings = settings,
                Holdings = holdings ?? EnvironmentHoldings.None,
                Azure = azure is null ? null : new PreflightAzure(Subscription, new ArmMachineLearningReads(azure), azure),
            },
            CancellationToken.None);

    public static PreflightCheck The(this PreflightReport report, string id) => Assert.Single(report.Checks, check => check.Id == id);

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    }
}

/// <summary>A control plane that answers lists by the last part of their path; what was not given is forbidden.</summary>
internal sealed class FakeAzure : IArmClient
{
    private readonly Dictionary<string, JsonArray> _lists = new(StringComparer.OrdinalIgnoreCase);

    public AzureSession Session => throw new NotSupportedException();

    /// <summary>A subscription where all is well: nothing there, all allowed, 100 cores free.</summary>
    public static FakeAzure Healthy() => new FakeAzure()
        .With("usages", """[{ "type": "Microsoft.MachineLearningServices/vmFamily/usages", "currentValue": 0, "limit": 100, "name": { "value": "Standard NCADSA100v4 Family Cluster Dedicated vCPUs" } }]""")
        .With("vmSizes", """[{ "name": "Standard_NC24ads_A100_v4", "family": "standardNCADSA100v4Family", "vCPUs": 24, "gpus": 1, "supportedComputeTypes": ["MIR"] }]""")
        .With("resources", "[]")
        .With("deletedVaults", "[]")
        .With("deletedWorkspaces", "[]")
        .With("permissions", """[{ "actions": ["*"], "notActions": [] }]""");

    public FakeAzure With(string list, string values)
    {
        _lists[list] = (JsonArray)JsonNode.Parse(values)!;
        return this;
    }

    public FakeAzure Without(string list)
    {
        _lists.Remove(list);
        return this;
    }

    public Task<ArmResponse> SendAsync(ArmRequest request, CancellationToken cancellationToken)
    {
        Assert.Equal(RequestMethod.Get, request.Method);
        var list = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        var isKnown = _lists.TryGetValue(list, out var values);
        return Task.FromResult(new ArmResponse
        {
            Status = isKnown ? 200 : 403,
            Headers = new Dictionary<string, string>(),
            Body = isKnown
                ? new JsonObject { ["value"] = values!.DeepClone() }
                : new JsonObject { ["error"] = new JsonObject { ["code"] = "AuthorizationFailed", ["message"] = $"may not read {list}" } },
            Subject = $"{request.Method} {request.Path}",
        });
    }

    public Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions options, CancellationToken cancellationToken) => throw new NotSupportedException("Preflight only reads.");
}

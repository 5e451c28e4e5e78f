using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Quota;

namespace Deploy.Verification.Tests.Quota.Oracle;

/// <summary>One world, reported and held against the oracle.</summary>
internal sealed class QuotaCase
{
    private readonly QuotaWorld _world;
    private readonly QuotaOracle _oracle;
    private readonly int _seed;

    public QuotaCase(int seed)
    {
        _seed = seed;
        _world = new QuotaDraw(seed).Draw();
        _oracle = new QuotaOracle(_world);
    }

    public async Task<QuotaStatus> RunAsync()
    {
        var reporter = new QuotaReporter(new ArmMachineLearningReads(new QuotaArm(_world, _seed)), AzureCatalog.Default);
        var report = await reporter.ReportAsync([.. _world.Environments.Select(Environment)], null, CancellationToken.None);
        foreach (var row in report.Rows.Where(row => row.Kind is not (QuotaKind.TokensPerMinute or QuotaKind.RequestsPerMinute)))
        {
            Compare(row);
        }

        var blocks = _oracle.BlocksAnything();
        Assert.True(report.Status != QuotaStatus.Pass || !blocks, "the report passes, and Azure would refuse");
        Assert.True(report.Status != QuotaStatus.Fail || blocks, "the report fails, and Azure would accept");
        if (_world.Telling.IsComplete && _world.Environments.SelectMany(item => item.Endpoints).All(item => item.Size.IsListed))
        {
            Assert.Equal(blocks ? QuotaStatus.Fail : QuotaStatus.Pass, report.Status);
        }

        return report.Status;
    }

    private void Compare(QuotaReportRow row)
    {
        var blocks = Blocks(row);
        var what = $"{row.Kind} {row.Family} of {row.Scope}, used {row.Used}, limit {row.Limit}, needed {row.Needed}, reserve {row.Reserve} ({row.Reason})";
        Assert.True(row.Status != QuotaStatus.Pass || !blocks, $"{what} passes, and Azure would refuse");
        Assert.True(row.Status != QuotaStatus.Fail || blocks, $"{what} fails, and Azure would accept");
        // Whether a size that the catalog does not know is exempt from the reserve only Azure knows, so its numbers are bounds.
        if (row is { Kind: QuotaKind.Cores, Family: { } family, Used: not null } && _world.Environments.SelectMany(item => item.Endpoints).All(item => item.Size.IsListed || item.Size.Family != family))
        {
            Assert.Equal(_oracle.Wanted(family), (row.Needed!.Value, row.Reserve));
            Assert.Equal(row.Limit == -1 ? null : _oracle.Family(family, row.Consumers.Contains).Left, row.Headroom);
        }
    }

    private bool Blocks(QuotaReportRow row) => row.Kind switch
    {
        QuotaKind.Cores when row.Family is { } family => _oracle.Family(family, row.Consumers.Contains).Blocks,
        QuotaKind.Cores when row.Used is null => false,
        QuotaKind.Cores => _oracle.Total().Blocks,
        QuotaKind.Endpoints => _oracle.BlocksEndpoints(),
        QuotaKind.Deployments when row.Scope == "subscription" => _oracle.BlocksDeployments(),
        QuotaKind.Deployments => QuotaOracle.BlocksBehind(Endpoint(row.Scope)),
        QuotaKind.Instances => QuotaOracle.BlocksInstances(Endpoint(row.Scope)),
        QuotaKind.DeploymentsPerModel => Scope(row) is var (environment, project, model) && _oracle.BlocksServerless(environment, project, model),
        _ => throw new InvalidOperationException($"no truth for {row.Kind}"),
    };

    private WorldEndpoint Endpoint(string label) => _world.Environments.SelectMany(item => item.Endpoints).Single(item => _oracle.Label(item) == label);

    private (WorldEnvironment Environment, string Project, string Model) Scope(QuotaReportRow row)
    {
        var parts = row.Scope.Split('/');
        return (_world.Environments.Single(item => item.Stack.Value == parts[0]), parts[1], parts[2]);
    }

    private static QuotaEnvironment Environment(WorldEnvironment world) => new()
    {
        Settings = new EnvironmentSettings
        {
            Stack = world.Stack,
            Location = new AzureLocation(QuotaWorld.Location),
            Cloud = TargetCloud.Public,
            Lifecycle = LifecyclePolicy.Warn,
            Hub = new HubSettings { Network = HubNetwork.Public },
            Projects = [.. new[] { "p1", "p2" }.Select(name => new ProjectSettings
            {
                Name = name,
                Endpoints = [.. world.Endpoints.Where(item => item.Project == name).Select(Managed), .. world.Serverless.Where(item => item.Project == name).Select(Serverless)],
            })],
        },
        SubscriptionId = QuotaWorld.Subscription,
        IsNamed = true,
        Holdings = EnvironmentHoldings.From(Held(world)),
    };

    private static EndpointSettings Managed(WorldEndpoint item) => new()
    {
        Name = item.Setting,
        Model = new ModelName(item.Model),
        Compute = ComputeKind.Managed,
        Version = item.Version,
        InstanceType = item.Size.Name,
        Instances = item.Instances,
        Auth = AuthMode.Key,
        ContentSafety = ContentSafety.Disabled,
    };

    private static EndpointSettings Serverless(WorldServerless item) => new()
    {
        Name = item.Setting,
        Model = new ModelName(item.Model),
        Compute = ComputeKind.Serverless,
        Instances = 0,
        Auth = AuthMode.Key,
        ContentSafety = ContentSafety.Enabled,
    };

    private static IEnumerable<(ResourceIdentifier Id, JsonObject Outputs)> Held(WorldEnvironment world)
    {
        foreach (var item in world.Serverless.Concat(world.Leftovers).Where(item => item.HeldModel is not null))
        {
            yield return (new($"{QuotaWorld.Workspace(world.Stack.Value, item.Project)}/serverlessEndpoints/{item.Name}"), new JsonObject
            {
                ["properties"] = new JsonObject { ["modelSettings"] = new JsonObject { ["modelId"] = $"azureml://registries/azureml/models/{item.HeldModel}" } },
            });
        }

        foreach (var workspace in new[] { "p1", "p2" })
        {
            yield return (new(QuotaWorld.Workspace(world.Stack.Value, workspace)), []);
        }

        foreach (var item in world.Endpoints.Where(item => item.Running is not null))
        {
            var id = $"{QuotaWorld.Workspace(world.Stack.Value, item.Project)}/onlineEndpoints/{item.Name}";
            yield return (new(id), []);
            foreach (var deployment in item.Running!)
            {
                yield return (new($"{id}/deployments/{deployment.Name}"), Outputs(deployment));
            }
        }
    }

    private static JsonObject Outputs(WorldDeployment deployment)
    {
        var properties = new JsonObject { ["instanceType"] = deployment.Size.Name };
        if (deployment.StateNamesModel)
        {
            properties["model"] = $"azureml://registries/azureml/models/{deployment.Model}/versions/{deployment.Version}";
        }

        return new() { ["properties"] = properties, ["sku"] = new JsonObject { ["capacity"] = deployment.Instances } };
    }
}

using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;
using Microsoft.Extensions.Time.Testing;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class OperationTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Delay_OfAType_LeavesTheOthersQuick()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with
        {
            TimeProvider = _clock,
            OperationDelays = new Dictionary<string, TimeSpan> { ["microsoft.machinelearningservices/workspaces/SERVERLESSENDPOINTS"] = TimeSpan.FromSeconds(30) },
        });
        await cloud.WithProjectAsync();
        Assert.Equal("Succeeded", await StateAsync(cloud, cloud.Workspace("project")));
        var made = (await cloud.PutServerlessAsync("mini")).MustBe(201);
        Assert.Equal("PT1H", made.Headers["x-ms-async-operation-timeout"]);
        Assert.Equal("5", made.Headers["Retry-After"]);
        _clock.Advance(TimeSpan.FromSeconds(29));
        var running = (await PollAsync(cloud, made, "Azure-AsyncOperation")).MustBe(200).Json;
        Assert.Equal(("InProgress", 96), ((string)running["status"]!, (int)(double)running["percentComplete"]!));
        Assert.Equal("Creating", await StateAsync(cloud, cloud.Serverless("mini")));
        Assert.Contains("in progress", (await cloud.DeleteAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(409).Message, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Succeeded", (string?)(await PollAsync(cloud, made, "Azure-AsyncOperation")).MustBe(200).Json["status"]);
        Assert.Equal("Succeeded", await StateAsync(cloud, cloud.Serverless("mini")));
    }

    [Fact]
    public async Task Failure_Scripted_EndsInFailedStateAndCanBeDeletedAndRetried()
    {
        var script = new Script { Outcome = new OperationOutcome { Failure = new OperationFailure("InternalServerError", "The model could not be downloaded.") } };
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = _clock, Script = script });
        await cloud.WithProjectAsync();
        script.Type = "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints";
        var made = (await cloud.PutServerlessAsync("mini")).MustBe(201);
        var status = (await PollAsync(cloud, made, "Azure-AsyncOperation")).MustBe(200).Json;
        Assert.Equal("Failed", (string?)status["status"]);
        Assert.Equal("""{"code":"InternalServerError","message":"The model could not be downloaded."}""", status["error"]!.ToJsonString());
        var endpoint = (await cloud.GetAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(200).Json["properties"]!;
        Assert.Equal(("Failed", "CreationFailed"), ((string)endpoint["provisioningState"]!, (string)endpoint["endpointState"]!));

        // A deletion that fails leaves the resource, and its Location ends in the error.
        var deleted = (await cloud.DeleteAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(202);
        Assert.Equal("InternalServerError", (await PollAsync(cloud, deleted, "Location")).MustBe(400).Code);
        Assert.Equal("DeletionFailed", (string?)(await cloud.GetAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(200).Json["properties"]!["endpointState"]);
        script.Type = "";
        (await cloud.PutServerlessAsync("mini")).MustBe(200);
        Assert.Equal("Succeeded", await StateAsync(cloud, cloud.Serverless("mini")));
        (await cloud.DeleteAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(202);
        (await cloud.GetAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(404);
    }

    [Fact]
    public async Task Stall_Scripted_NeverEnds_DeletingTwiceIsOneDeletion()
    {
        var script = new Script { Outcome = new OperationOutcome { Stalls = true }, Kind = OperationKind.Delete, Type = "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints" };
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = _clock, Script = script });
        await cloud.WithProjectAsync();
        (await cloud.PutServerlessAsync("mini")).MustBe(201);
        var deleted = (await cloud.DeleteAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(202);
        _clock.Advance(TimeSpan.FromDays(30));
        await cloud.SignInAsync();
        Assert.Equal("5", (await PollAsync(cloud, deleted, "Location")).MustBe(202).Headers["Retry-After"]);
        var again = (await cloud.DeleteAsync(cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(202);
        Assert.Equal(deleted.Headers["Location"], again.Headers["Location"]);
        Assert.Equal("Deleting", await StateAsync(cloud, cloud.Serverless("mini")));
    }

    [Fact]
    public async Task TemplateDeployment_Cancelled_EndsAsCanceled()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = _clock, OperationDelay = TimeSpan.FromSeconds(10) });
        await cloud.WithGroupAsync();
        var id = cloud.Resource("Microsoft.Resources/deployments", "slow");
        var made = (await cloud.PutAsync(id, "2024-03-01", new { properties = new { mode = "Incremental", template = new { contentVersion = "1.0.0.0", resources = Array.Empty<object>() } } })).MustBe(201);
        (await cloud.PostAsync($"{id}/cancel", "2024-03-01")).MustBe(204);
        Assert.Equal("Canceled", (string?)(await PollAsync(cloud, made, "Azure-AsyncOperation")).MustBe(200).Json["status"]);
        Assert.Equal("Canceled", await StateAsync(cloud, id, "2024-03-01"));
        (await cloud.PostAsync($"{id}/cancel", "2024-03-01")).MustBe(409);
    }

    private static Task<Answer> PollAsync(LocalCloud cloud, Answer started, string header) => cloud.SendAsync("GET", new Uri(started.Headers[header]).PathAndQuery);

    private static async Task<string?> StateAsync(LocalCloud cloud, string id, string api = LocalCloud.Ml) => (string?)(await cloud.GetAsync(id, api)).MustBe(200).Json["properties"]!["provisioningState"];

    private sealed class Script : IOperationScript
    {
        public string Type { get; set; } = "";

        public OperationKind? Kind { get; init; }

        public required OperationOutcome Outcome { get; init; }

        public OperationOutcome? For(OperationKind kind, string type, string key) => type == Type && (Kind is null || Kind == kind) ? Outcome : null;
    }
}

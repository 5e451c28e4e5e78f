using System.Text.Json.Nodes;
using Deploy.Cli.Documents;
using Deploy.Core;
using Deploy.Engine;
using Deploy.Environments.Settings;
using Deploy.Verification.Quota;
using Deploy.Verification.Reports;
using Xunit;

namespace Deploy.Cli.Tests.Documents;

public sealed class ResultDocumentTests
{
    private static readonly ErrorDefinition Verification = new("DEP4001", "An endpoint failed verification", null, ExitCode.VerificationFailed);

    [Fact]
    public async Task Render_UpSucceeded_FollowsItsSchema()
    {
        var document = ResultDocument.Render(new Outcome { Stack = "local", Parts = UpParts(CheckStatus.Pass) }, TimeSpan.FromSeconds(1));

        await PublishedSchema.AssertValidAsync("up", document);
        await PublishedSchema.AssertValidAsync("error", document);
        Assert.Equal("succeeded", (string?)JsonNode.Parse(document)!["result"]);
    }

    [Fact]
    public async Task Render_UpFailedVerification_FollowsItsSchema()
    {
        var outcome = new Outcome { Stack = "local", Errors = [Verification.With("1 of 1 endpoints failed.")], Parts = UpParts(CheckStatus.Fail) };

        var document = ResultDocument.Render(outcome, TimeSpan.FromSeconds(1));

        await PublishedSchema.AssertValidAsync("up", document);
        Assert.Equal("failed", (string?)JsonNode.Parse(document)!["result"]);
    }

    [Theory]
    [InlineData(ExitCode.Configuration, "refused")]
    [InlineData(ExitCode.UnexpectedChanges, "refused")]
    [InlineData(ExitCode.Cancelled, "cancelled")]
    [InlineData(ExitCode.ResourceOperation, "failed")]
    [InlineData(ExitCode.Internal, "failed")]
    public async Task Render_AnErrorOnly_FollowsEverySchemaOfAVerb(ExitCode exitCode, string result)
    {
        var error = new ErrorDefinition("DEP7999", "Something is wrong", "Try again.", exitCode).With("It went wrong.", detail: "raw", correlationId: "c-1");

        var document = ResultDocument.Render(Outcome.Failed("local", error, error), TimeSpan.Zero);

        foreach (var schema in (string[])["up", "preview", "refresh", "destroy", "verify", "preflight", "quota-command", "stack-output", "stack-export", "error"])
        {
            await PublishedSchema.AssertValidAsync(schema, document);
        }

        Assert.Equal(result, (string?)JsonNode.Parse(document)!["result"]);
        Assert.Equal(2, JsonNode.Parse(document)!["errors"]!.AsArray().Count);
    }

    [Fact]
    public async Task Schema_SuccessWithoutItsParts_IsRefused()
    {
        var document = ResultDocument.Render(new Outcome { Stack = "local" }, TimeSpan.Zero);

        Assert.NotEmpty(await PublishedSchema.FaultsAsync("up", document));
        Assert.NotEmpty(await PublishedSchema.FaultsAsync("stack-ls", document));
    }

    [Fact]
    public async Task RunAsync_Models_PrintsOneDocumentOfItsSchema()
    {
        using var run = new InProcess();

        Assert.Equal(0, await run.RunAsync("models", "-o", "json"));
        await PublishedSchema.AssertValidAsync("models", run.Output.ToString());
    }

    [Fact]
    public async Task RunAsync_StackLs_PrintsOneDocumentOfItsSchema()
    {
        using var run = new InProcess().WithProject("local", "config: {}\n");

        Assert.Equal(0, await run.RunAsync("stack", "ls", "-o", "json"));
        await PublishedSchema.AssertValidAsync("stack-ls", run.Output.ToString());
        Assert.Equal("local", (string?)run.Json["stacks"]![0]!["name"]);
    }

    [Fact]
    public async Task RunAsync_StackUnknown_PrintsADocumentThatSaysRefused()
    {
        using var run = new InProcess().WithProject("local", "config: {}\n");

        Assert.Equal((int)ExitCode.StackNotFound, await run.RunAsync("up", "-s", "nope", "-o", "json"));
        await PublishedSchema.AssertValidAsync("up", run.Output.ToString());
        Assert.Equal("DEP7003", (string?)run.Json["error"]!["code"]);
    }

    [Fact]
    public async Task RunAsync_OptionUnknown_PrintsADocumentToo()
    {
        using var run = new InProcess();

        Assert.Equal((int)ExitCode.Configuration, await run.RunAsync("up", "--nonsense", "-o", "json"));
        await PublishedSchema.AssertValidAsync("error", run.Output.ToString());
    }

    private static JsonObject UpParts(CheckStatus status) => new()
    {
        ["changes"] = EngineJson.Changes(new ChangeSummary { Create = 3 }),
        ["outputs"] = new JsonObject { ["hub"] = "hub1" },
        ["verification"] = VerificationJson.ToNode(new VerificationReport { Endpoints = [Endpoint(status)], Duration = TimeSpan.FromSeconds(1) }),
        ["quota"] = QuotaJson.ToNode(new QuotaReport { Rows = [Row()] }),
    };

    private static EndpointReport Endpoint(CheckStatus status) => new()
    {
        Name = "mini",
        Uri = new Uri("https://127.0.0.1:1/serverless/eastus2/mini"),
        Compute = ComputeKind.Serverless,
        Checks = [new CheckReport { Id = CheckId.ChatBasic, Status = status, Code = status == CheckStatus.Fail ? "DEP4301" : null, Message = "The answer." }],
    };

    private static QuotaReportRow Row() => new()
    {
        Kind = QuotaKind.Cores,
        Scope = "subscription",
        Location = "eastus2",
        Used = 1,
        Limit = 2,
        Needed = 0,
        Headroom = 1,
        Status = QuotaStatus.Pass,
        Consumers = ["assistants/medium"],
    };
}

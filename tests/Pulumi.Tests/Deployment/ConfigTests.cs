using System.Text.Json;
using Pulumi.Tests.Fakes;
using Pulumi.Utilities;
using Xunit;

namespace Pulumi.Tests.Deployment;

public sealed class ConfigTests : IAsyncLifetime
{
    private const string Settings = """
        {"phi:name":"n","phi:config:legacy":"old","phi:on":"true","phi:count":"3","phi:rate":"1.5","phi:hub":"{\"network\":\"public\"}","phi:bad":"hush-secret","azure-native:location":"eastus2"}
        """;

    private FakeEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await FakeEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Get_EveryType_ReadsAndParses()
    {
        var exitCode = await RunAsync(() =>
        {
            var config = new Config();
            Assert.Equal("n", config.Require("name"));
            Assert.Equal("old", new Config("phi:config").Get("legacy"));
            Assert.True(config.RequireBoolean("on"));
            Assert.Equal(3, config.GetInt32("count"));
            Assert.Equal(1.5, config.RequireDouble("rate"));
            Assert.Equal("public", config.RequireObject<Dictionary<string, string>>("hub")["network"]);
            Assert.Equal("public", config.RequireObject<Hub>("hub", new JsonSerializerOptions(JsonSerializerDefaults.Web)).Network);
            Assert.Equal("eastus2", new Config("azure-native").Get("location"));
            Assert.Null(config.Get("none"));
            Assert.Null(config.GetInt32("none"));
            Assert.Null(config.GetObject<Hub>("none"));
            Assert.Null(config.GetSecretObject<Hub>("none"));
        });

        Assert.Equal("", string.Join("\n", _engine.Logs.Select(log => log.Message)));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task RequireSecret_AnyType_IsSecret()
    {
        Output<string> name = null!;
        Output<int> count = null!;
        await RunAsync(() => (name, count) = (new Config().RequireSecret("name"), new Config().RequireSecretInt32("count")));

        Assert.True(await Output.IsSecretAsync(name));
        Assert.Equal(3, await OutputUtilities.GetValueAsync(count));
        Assert.True(await Output.IsSecretAsync(count));
    }

    [Fact]
    public async Task Require_MissingKey_SaysHowToSetIt()
    {
        Assert.Equal(32, await RunAsync(() => new Config().Require("region")));
        Assert.Contains("'phi:region'", _engine.Logs.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WrongType_NamesKeyAndNeverTheValue()
    {
        foreach (var read in new Action<Config>[] { c => c.GetInt32("bad"), c => c.GetBoolean("bad"), c => c.GetDouble("bad"), c => c.GetObject<Hub>("bad"), c => c.RequireSecretObject<Hub>("bad") })
        {
            Assert.Equal(32, await RunAsync(() => read(new Config())));
        }

        Assert.All(_engine.Logs, log =>
        {
            Assert.Contains("'phi:bad'", log.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", log.Message, StringComparison.Ordinal);
        });
        Assert.Equal(5, _engine.Logs.Count);
    }

    private Task<int> RunAsync(Action program) => _engine.RunAsync(
        () =>
        {
            program();
            return new Dictionary<string, object?>();
        },
        config: Settings);

    private sealed record Hub(string Network);
}

using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Stack local, deployed to a local Azure that stays: shared by tests that leave it as they found it.</summary>
public sealed class RunningEnvironment : IAsyncLifetime
{
    public const string Name = "running environment";

    private JsonArray _endpoints = [];

    internal Sandbox Sandbox { get; } = Sandbox.OfRepository();

    internal JsonObject Status { get; private set; } = [];

    /// <summary>The base address of an endpoint's URI is https; the keys work on the http address as well.</summary>
    internal Uri UriOf(string endpoint) => new((string)Of(endpoint)["uri"]!);

    internal Uri PlainUriOf(string endpoint) => new(new Uri((string)Status["http"]!), UriOf(endpoint).AbsolutePath);

    internal async Task<string> KeyOfAsync(string endpoint)
    {
        using var reader = await Sandbox.SignInAsync();
        return await reader.KeyAsync((string)Of(endpoint)["resourceId"]!);
    }

    public async ValueTask InitializeAsync()
    {
        Status = await Sandbox.JsonAsync(0, "emulator", "start");
        var up = await Sandbox.JsonAsync(0, "up", "--yes");
        _endpoints = up["outputs"]!["endpoints"]!.DeepClone().AsArray();
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();

    private JsonNode Of(string endpoint) => _endpoints.Single(one => (string?)one!["name"] == endpoint)!;
}

/// <summary>Its tests run one after the other.</summary>
[CollectionDefinition(RunningEnvironment.Name)]
public sealed class RunningEnvironmentCollection : ICollectionFixture<RunningEnvironment>;

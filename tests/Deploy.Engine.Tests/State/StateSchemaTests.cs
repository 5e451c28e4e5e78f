using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

/// <summary>The schemas accept what is documented and nothing else.</summary>
public sealed class StateSchemaTests
{
    /// <summary>What the golden state of unknown fields holds besides the documented.</summary>
    private static readonly string[] Undocumented =
        ["futureFlag", "futureList", "futureMap", "futureMetadata", "futureNull", "futureReason", "futureText", "futureText"];

    public static TheoryData<string, Action<JsonObject>> Damages => new()
    {
        { "another version", file => file["version"] = 4 },
        { "no version", file => file.Remove("version") },
        { "no deployment", file => file.Remove("deployment") },
        { "no manifest", file => Deployment(file).Remove("manifest") },
        { "no magic", file => Deployment(file)["manifest"]!.AsObject().Remove("magic") },
        { "magic that is no hash", file => Deployment(file)["manifest"]!["magic"] = "0" },
        { "time that is none", file => Deployment(file)["manifest"]!["time"] = "yesterday" },
        { "salt that is none", file => Deployment(file)["secrets_providers"]!["state"]!["salt"] = "v1:x" },
        { "a secrets provider that is none", file => Deployment(file)["secrets_providers"]!["type"] = "rot13" },
        { "resources that are no list", file => Deployment(file)["resources"] = new JsonObject() },
        { "a field of nobody's", file => Deployment(file)["future"] = 1 },
        { "no urn", file => Resource(file, "base").Remove("urn") },
        { "a urn that is none", file => Resource(file, "base")["urn"] = "base" },
        { "no custom", file => Resource(file, "base").Remove("custom") },
        { "no type", file => Resource(file, "base").Remove("type") },
        { "a component with an id", file => Resource(file, "web")["id"] = "x" },
        { "protect that is false", file => Resource(file, "base")["protect"] = false },
        { "a provider without an id", file => Resource(file, "base")["provider"] = "urn:pulumi:dev::shop::pulumi:providers:fake::default" },
        { "dependencies that are no list", file => Resource(file, "child")["dependencies"] = "urn:pulumi:dev::shop::a:b:C::d" },
        { "an empty list", file => Resource(file, "child")["dependencies"] = new JsonArray() },
        { "a timeout as text", file => Resource(file, "base")["customTimeouts"]!["create"] = "30m" },
        { "a timeout for nothing known", file => Resource(file, "base")["customTimeouts"]!["read"] = 1 },
        { "a time with an offset", file => Resource(file, "base")["created"] = "2026-03-01T09:29:05+01:00" },
        { "a resource field of nobody's", file => Resource(file, "base")["future"] = 1 },
        { "a field of version 4", file => Resource(file, "base")["taint"] = true },
        { "an operation of no kind", file => Pending(file)["type"] = "created" },
        { "an operation without a resource", file => Pending(file).Remove("resource") },
        { "an operation with a field of nobody's", file => Pending(file)["pollUrl"] = "https://x" },
        { "an unknown signature", file => Secret(file)[ValueSignatures.Key] = "0" },
        { "a secret of nothing", file => Secret(file).Remove("ciphertext") },
        { "a secret of both", file => Secret(file)["plaintext"] = "1" },
        { "a ciphertext that is none", file => Secret(file)["ciphertext"] = "hunter2" },
    };

    public static TheoryData<string, Action<JsonObject>> HistoryDamages => new()
    {
        { "an unknown kind", record => record["kind"] = "up" },
        { "an unknown result", record => record["result"] = "ok" },
        { "a time as text", record => record["startTime"] = "2026-03-01T09:29:05Z" },
        { "no end", record => record.Remove("endTime") },
        { "an unknown change", record => record["resourceChanges"]!["made"] = 1 },
        { "a config value of another form", record => record["config"]!["shop:a"] = new JsonObject { ["value"] = "1", ["secret"] = false } },
        { "a secret in clear", record => record["config"]!["shop:b"]!["secure"] = "hunter2" },
        { "a key without namespace", record => record["config"]!["a"] = "1" },
    };

    [Fact]
    public async Task Goldens_AreWhatIsDocumented()
    {
        foreach (var name in Golden.Names.Where(name => name != "unknown"))
        {
            Assert.Empty(await StateSchemas.CheckpointFaultsAsync(Golden.Read(name, "checkpoint")));
            Assert.Empty(await StateSchemas.ExportFaultsAsync(Golden.Read(name, "export")));
            Assert.Empty(await StateSchemas.ExportFaultsAsync(Golden.Read(name, "shown")));
        }

        Assert.Empty(await StateSchemas.CheckpointFaultsAsync(Golden.Read("fresh", "checkpoint")));
    }

    [Fact]
    public async Task UnknownFields_AreTheOnlyFaultsOfTheirGolden()
    {
        var faults = await StateSchemas.ExportFaultsAsync(Golden.Read("unknown", "export"));

        Assert.All(faults, fault => Assert.EndsWith(": NoAdditionalPropertiesAllowed", fault, StringComparison.Ordinal));
        Assert.Equal(Undocumented, faults.Select(fault => fault.Split(':')[0].Split('.')[^1]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Damages), DisableDiscoveryEnumeration = true)]
    public async Task Export_Damaged_IsRefused(string what, Action<JsonObject> damage)
    {
        var file = Golden.Read("settled", "export");
        Deployment(file)["pending_operations"] = Golden.Read("interrupted", "export")["deployment"]!["pending_operations"]!.DeepClone();
        Assert.Empty(await StateSchemas.ExportFaultsAsync(file));

        damage(file);

        Assert.True((await StateSchemas.ExportFaultsAsync(file)).Count > 0, what);
        if (file["deployment"] is { } deployment && (int?)file["version"] == 3)
        {
            var checkpoint = new JsonObject { ["version"] = 3, ["checkpoint"] = new JsonObject { ["stack"] = "organization/shop/dev", ["latest"] = deployment.DeepClone() } };
            Assert.True((await StateSchemas.CheckpointFaultsAsync(checkpoint)).Count > 0, what);
        }
    }

    [Theory]
    [MemberData(nameof(HistoryDamages), DisableDiscoveryEnumeration = true)]
    public async Task History_Damaged_IsRefused(string what, Action<JsonObject> damage)
    {
        var record = (JsonObject)JsonNode.Parse("""
            {
              "kind": "update", "startTime": 1772357345, "message": "", "environment": { "git.head": "abc" },
              "config": { "shop:a": "1", "shop:b": { "secure": "v1:LrARr8n0pNBJJ9Sn:m4KjrwfKxD3CDC0g4WFPzzonKcE71w==" }, "shop:c": { "list": [1, { "secure": "x" }] } },
              "result": "succeeded", "endTime": 1772357399, "version": 0, "resourceChanges": { "create": 3, "delete-replaced": 1 }
            }
            """)!;
        Assert.Empty(await StateSchemas.HistoryFaultsAsync(record));

        damage(record);

        Assert.True((await StateSchemas.HistoryFaultsAsync(record)).Count > 0, what);
    }

    private static JsonObject Deployment(JsonObject file) => file["deployment"]!.AsObject();

    private static JsonObject Resource(JsonObject file, string name) =>
        Deployment(file)["resources"]!.AsArray().Single(resource => ((string)resource!["urn"]!).EndsWith($"::{name}", StringComparison.Ordinal))!.AsObject();

    private static JsonObject Pending(JsonObject file) => Deployment(file)["pending_operations"]![0]!.AsObject();

    private static JsonObject Secret(JsonObject file) => Resource(file, "base")["inputs"]!["key"]!.AsObject();
}

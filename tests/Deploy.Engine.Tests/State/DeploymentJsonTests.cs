using System.Text.Json.Nodes;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

public sealed class DeploymentJsonTests
{
    /// <summary>In the shape that the official CLI writes.</summary>
    private const string Official = """
        {
          "manifest": { "time": "2026-03-01T09:30:00.1234567Z", "magic": "MAGIC", "version": "v3.259.0" },
          "secrets_providers": { "type": "passphrase", "state": { "salt": "v1:h3s5Ym+HVX8=:v1:LrARr8n0pNBJJ9Sn:m4KjrwfKxD3CDC0g4WFPzzonKcE71w==" } },
          "resources": [
            { "urn": "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", "custom": false, "type": "pulumi:pulumi:Stack",
              "outputs": { "siteUrl": "https://x", "big": 12345678901, "half": 0.5, "none": null },
              "created": "2026-03-01T09:29:00Z", "modified": "2026-03-01T09:30:00Z" },
            { "urn": "urn:pulumi:dev::shop::pulumi:providers:fake::default_1_2_3", "custom": true, "id": "7b0c1a52-0000-4000-8000-000000000001",
              "type": "pulumi:providers:fake", "inputs": { "__internal": {}, "version": "1.2.3" }, "outputs": { "version": "1.2.3" } },
            { "urn": "urn:pulumi:dev::shop::my:index:Group$fake:index:Thing::a", "custom": true, "id": "a1", "type": "fake:index:Thing",
              "protect": true,
              "inputs": { "tags": ["x", { "y": true }] },
              "dependencies": ["urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"],
              "provider": "urn:pulumi:dev::shop::pulumi:providers:fake::default_1_2_3::7b0c1a52-0000-4000-8000-000000000001",
              "propertyDependencies": { "tags": [] },
              "additionalSecretOutputs": ["key"],
              "customTimeouts": { "create": 1800 },
              "sourcePosition": "project:///index.ts#3,4" }
          ],
          "pending_operations": [],
          "metadata": {}
        }
        """;

    [Fact]
    public void Write_WhatWasRead_IsTheSame()
    {
        var original = Parse();
        var secrets = EngineHarness.Secrets();
        var snapshot = DeploymentJson.Read(original, secrets);

        var written = DeploymentJson.Write(snapshot, secrets, snapshot.Time!.Value);

        Assert.Null(SnapshotIntegrity.Find(snapshot));
        Assert.True(JsonNode.DeepEquals(Without(original, "manifest"), Without(written, "manifest")), written.ToJsonString());
        Assert.Equal("2026-03-01T09:30:00.1234567Z", written["manifest"]!["time"]!.GetValue<string>());
        Assert.Equal(TimeSpan.FromMinutes(30), snapshot.Resources[2].Timeouts.Create);
    }

    [Fact]
    public void Write_ShowSecrets_GivesPlaintextAsJsonText()
    {
        var resource = new ResourceState
        {
            Urn = Urn.Create("dev", "shop", null, "fake:index:Thing", "a"),
            Custom = true,
            Id = "a1",
            Inputs = PropertyMap.Create(("key", PropertyMap.Create(("inner", PropertyValue.FromString("x").AsSecret())).AsSecret())),
        };

        var written = DeploymentJson.Write(Snapshot.Empty with { Resources = [resource] }, EngineHarness.Secrets(), DateTimeOffset.UnixEpoch, showSecrets: true);

        Assert.Equal("""{"inner":"x"}""", written["resources"]![0]!["inputs"]!["key"]!["plaintext"]!.GetValue<string>());
    }

    [Fact]
    public void Read_WrongMagic_IsRefused()
    {
        var damaged = Parse();
        damaged["manifest"]!["magic"] = "00";

        Assert.Equal(EngineErrors.StateInvalid, Assert.Throws<Core.DeployException>(() => DeploymentJson.Read(damaged, EngineHarness.Secrets())).Error.Definition);
    }

    [Fact]
    public void Integrity_MissingProviderOrDependency_IsFound()
    {
        var snapshot = DeploymentJson.Read(Parse(), EngineHarness.Secrets());

        Assert.Contains("needs the provider", SnapshotIntegrity.Find(snapshot with { Resources = [snapshot.Resources[0], snapshot.Resources[2]] })!.Message, StringComparison.Ordinal);
        Assert.Contains("does not come before", SnapshotIntegrity.Find(snapshot with { Resources = [snapshot.Resources[1], snapshot.Resources[2]] })!.Message, StringComparison.Ordinal);
        Assert.Contains("twice", SnapshotIntegrity.Find(snapshot with { Resources = [snapshot.Resources[0], snapshot.Resources[0]] })!.Message, StringComparison.Ordinal);
    }

    private static JsonObject Parse()
    {
        var magic = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("v3.259.0"u8));
        return (JsonObject)JsonNode.Parse(Official.Replace("MAGIC", magic, StringComparison.Ordinal))!;
    }

    private static JsonObject Without(JsonObject json, string name)
    {
        var copy = (JsonObject)json.DeepClone();
        copy.Remove(name);
        return copy;
    }
}

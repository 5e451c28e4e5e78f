using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Catalog;
using Deploy.Environments.Reading;
using NJsonSchema;
using Xunit;

namespace Deploy.Environments.Tests;

/// <summary>The schema that editors complete settings with, against the binder's own view.</summary>
public sealed class SettingsSchemaTests
{
    private static readonly string File = System.IO.Path.Combine(Repository.Root, "docs", "schemas", "settings.schema.json");

    [Theory]
    [InlineData("local")]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Validate_ShippedStack_FollowsTheSchema(string stack)
    {
        var schema = await JsonSchema.FromFileAsync(File);
        var text = System.IO.File.ReadAllText(System.IO.Path.Combine(Repository.Root, "stacks", $"Pulumi.{stack}.yaml"));
        Assert.Empty(schema.Validate(AsJson(text)));
    }

    [Theory]
    [InlineData("config: { azure-native:location: eastus2 }")]
    [InlineData("config: { azure-native:location: eastus2, phi:projects: [], phi:clod: local }")]
    [InlineData("config: { azure-native:location: eastus2, phi:projects: [], phi:verify: { totalMs: 0 } }")]
    [InlineData("config: { azure-native:location: eastus2, phi:projects: [], phi:verify: { first: 5 } }")]
    [InlineData("config: { azure-native:location: eastus2, phi:projects: [ { name: p1, endpoints: [ { name: a, model: Phi-4 } ] } ] }")]
    [InlineData("config: { azure-native:location: eastus2, phi:projects: [ { name: p1, endpoints: [ { name: A, model: Phi-4, compute: serverless } ] } ] }")]
    public async Task Validate_WhatTheBinderRefuses_IsRefused(string yaml)
    {
        Assert.NotEmpty(Bound.FromYaml(yaml).Faults);
        Assert.NotEmpty((await JsonSchema.FromFileAsync(File)).Validate(AsJson(yaml)));
    }

    [Fact]
    public void Choices_OfTheSchema_AreThoseOfTheCatalog()
    {
        using var schema = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        var endpoint = schema.RootElement.GetProperty("definitions").GetProperty("endpoint").GetProperty("properties");
        Assert.Equal(AzureCatalog.Default.Models.Models.Select(model => model.Name.Value), Words(endpoint.GetProperty("model").GetProperty("anyOf")[0]));
        Assert.Equal(AzureCatalog.Default.VmSizes.All.Select(size => size.Name), Words(endpoint.GetProperty("instanceType").GetProperty("anyOf")[0]));
        Assert.Equal(Naming.EndpointNameLengthInSettings, endpoint.GetProperty("name").GetProperty("maxLength").GetInt32());
        Assert.Equal(AzureCatalog.Default.Limits.Managed.InstancesPerDeployment, endpoint.GetProperty("instances").GetProperty("maximum").GetInt32());
    }

    private static IEnumerable<string?> Words(JsonElement choice) => choice.GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    private static string AsJson(string yaml)
    {
        var config = StackFileReader.Read(yaml, Bound.File, Bound.Stack).Tree!.Config;
        return new JsonObject { ["config"] = Convert(config) }.ToJsonString();
    }

    private static JsonNode? Convert(SettingsNode node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value)))),
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(Convert)]),
        ScalarNode { Kind: ScalarKind.String } scalar => scalar.Text,
        ScalarNode scalar => JsonNode.Parse(scalar.Text),
        _ => throw new InvalidOperationException($"Not expected here: {node}"),
    };
}

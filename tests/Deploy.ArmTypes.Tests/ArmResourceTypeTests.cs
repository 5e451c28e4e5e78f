using System.Text.Json.Nodes;

namespace Deploy.ArmTypes.Tests;

public sealed class ArmResourceTypeTests
{
    private const string Serverless = "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints";
    private const string Deployment = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments";

    private static readonly ArmTypeIndex Index = ArmTypeIndex.Default;

    [Fact]
    public void Find_KnownTypeInAnyCase_GivesCanonicalName()
    {
        var type = Index.Find(Serverless.ToUpperInvariant(), "2024-10-01");
        Assert.Equal(Serverless, type!.Name);
        Assert.True(type.RequiresLocation);
        Assert.Null(Index.Find(Serverless, "1999-01-01"));
        Assert.Null(Index.Find("Microsoft.Nothing/things", "2024-10-01"));
        Assert.Contains("2024-04-01", Index.ApiVersions(Serverless));
        Assert.Contains(Serverless, Index.TypesOf("microsoft.machinelearningservices"));
        Assert.Contains("Microsoft.KeyVault", Index.Namespaces());
    }

    [Fact]
    public void Validate_GoodBody_HasNoFault() => Assert.Empty(Validate(Serverless, """
        { "location": "eastus2", "sku": { "name": "Consumption" }, "tags": { "a": "b" }, "properties": { "authMode": "Key", "provisioningState": "Succeeded", "contentSafety": { "contentSafetyStatus": "Enabled" } } }
        """));

    [Fact]
    public void Validate_ManyFaults_ReportsEachOnceInOrder()
    {
        var faults = Validate(Serverless, """
            { "location": 5, "sku": { "name": "Consumption", "tier": "Gold" }, "properties": { "authMode": ["Key"], "contentSafety": { }, "modelsettings": { } }, "colour": "red" }
            """);
        Assert.Equal(Expected, faults.Select(fault => $"{fault.Path} {fault.Kind}"));
        Assert.Contains("'modelSettings'", faults.Single(fault => fault.Path == "properties.modelsettings").Message, StringComparison.Ordinal);
    }

    private static readonly string[] Expected =
    [
        "location WrongType", "sku.tier ValueNotAllowed", "properties.authMode WrongType", "properties.contentSafety.contentSafetyStatus MissingRequired", "properties.modelsettings UnknownProperty", "colour UnknownProperty",
    ];

    [Fact]
    public void Validate_Discriminator_ChoosesTheProperties()
    {
        Assert.Empty(Validate(Deployment, """{ "location": "e", "properties": { "endpointComputeType": "Managed", "instanceType": "x", "scaleSettings": { "scaleType": "Default" } } }"""));
        Assert.Equal("properties.containerResourceRequirements", Assert.Single(Validate(Deployment, """{ "location": "e", "properties": { "endpointComputeType": "Managed", "containerResourceRequirements": {} } }""")).Path);
        Assert.Equal(ArmBodyFaultKind.ValueNotAllowed, Assert.Single(Validate(Deployment, """{ "location": "e", "properties": { "endpointComputeType": "Quantum", "instanceType": "x" } }""")).Kind);
        Assert.Equal(ArmBodyFaultKind.MissingRequired, Assert.Single(Validate(Deployment, """{ "location": "e", "properties": { } }""")).Kind);
    }

    [Fact]
    public void Validate_ReadOnlyValues_TolerateOrRefuse()
    {
        var body = JsonNode.Parse("""{ "location": "e", "properties": { "authMode": "Key", "endpointState": "Online" } }""")!.AsObject();
        var type = Index.Find(Serverless, "2024-10-01")!;
        Assert.Empty(type.Validate(body));
        Assert.Equal("properties.endpointState", Assert.Single(type.Validate(body, ReadOnlyValues.Refuse)).Path);
        Assert.False(type.ForWrite(body)["properties"]!.AsObject().ContainsKey("endpointState"));
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "2024-01-01", "UPPER", ArmBodyFaultKind.PatternMismatch)]
    [InlineData("Microsoft.Storage/storageAccounts", "2024-01-01", "ab", ArmBodyFaultKind.LengthOutOfRange)]
    [InlineData("Microsoft.MachineLearningServices/workspaces", "2024-10-01", "-hub", ArmBodyFaultKind.PatternMismatch)]
    public void ValidateName_BadName_SaysWhy(string type, string apiVersion, string name, ArmBodyFaultKind kind) =>
        Assert.Equal(kind, Assert.Single(Index.Find(type, apiVersion)!.ValidateName(name)).Kind);

    [Fact]
    public void ForThisVersion_PropertiesOfALaterOne_AreGoneAndOpenPartsStay()
    {
        var stored = JsonNode.Parse("""{ "kind": "Hub", "location": "e", "tags": { "any": "thing" }, "properties": { "friendlyName": "f", "enableServiceSideCMKEncryption": true } }""")!.AsObject();
        var older = Index.Find("Microsoft.MachineLearningServices/workspaces", "2022-10-01")!;
        var shown = older.ForThisVersion(stored);
        Assert.NotEmpty(older.Validate(stored));
        Assert.Empty(older.Validate(shown));
        Assert.Equal("thing", (string?)shown["tags"]!["any"]);
        Assert.Equal("f", (string?)shown["properties"]!["friendlyName"]);
    }

    [Fact]
    public void ForRead_WriteOnlyValues_AreGone()
    {
        var type = Index.Find("Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "2024-10-01")!;
        var shown = type.ForRead(JsonNode.Parse("""{ "location": "e", "properties": { "authMode": "Key", "keys": { "primaryKey": "secret" }, "properties": { "a": "b" } } }""")!.AsObject());
        Assert.DoesNotContain("secret", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("b", (string?)shown["properties"]!["properties"]!["a"]);
    }

    private static IReadOnlyList<ArmBodyFault> Validate(string type, string body) => Index.Find(type, "2024-10-01")!.Validate(JsonNode.Parse(body)!.AsObject());
}

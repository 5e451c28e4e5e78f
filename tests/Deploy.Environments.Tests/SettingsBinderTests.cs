using Azure.Core;
using Deploy.Environments.Settings;
using Xunit;

namespace Deploy.Environments.Tests;

public sealed class SettingsBinderTests
{
    [Fact]
    public void Bind_FullFile_GivesSettings()
    {
        var result = Bound.FromYaml("""
            config:
              azure-native:location: East US 2
              azure-native:subscriptionId: 11111111-2222-3333-4444-555555555555
              phi:cloud: local
              phi:lifecycle: warn
              phi:hub: { network: approvedOutbound }
              phi:projects:
                - name: assistants
                  endpoints:
                    - { name: mini, model: phi-3-mini-4k-instruct, compute: serverless, contentSafety: disabled }
                    - { name: medium, model: Phi-3-medium-128k-instruct, compute: managed, version: 7, instanceType: standard_nc48ads_a100_v4, instances: 2, auth: entra }
                - name: empty
            """);

        Assert.Empty(result.Faults);
        var settings = result.Settings!;
        Assert.Equal(AzureLocation.EastUS2, settings.Location);
        Assert.Equal((TargetCloud.Local, LifecyclePolicy.Warn, HubNetwork.ApprovedOutbound), (settings.Cloud, settings.Lifecycle, settings.Hub.Network));
        Assert.Equal("11111111-2222-3333-4444-555555555555", settings.SubscriptionId);
        Assert.Equal(["assistants", "empty"], settings.Projects.Select(project => project.Name));
        var mini = settings.Projects[0].Endpoints[0];
        Assert.Equal(("Phi-3-mini-4k-instruct", ContentSafety.Disabled, AuthMode.Key, 0), (mini.Model.Value, mini.ContentSafety, mini.Auth, mini.Instances));
        Assert.Equal(new SourceMark(Bound.File, 10, 11), mini.Mark);
        var medium = settings.Projects[0].Endpoints[1];
        Assert.Equal(("7", "Standard_NC48ads_A100_v4", 2, AuthMode.Entra, ContentSafety.Disabled), (medium.Version, medium.InstanceType, medium.Instances, medium.Auth, medium.ContentSafety));
    }

    [Fact]
    public void Bind_Verify_GivesLimits()
    {
        var verify = Bound.FromYaml("config:\n  azure-native:location: eastus2\n  phi:projects: []\n  phi:verify: { firstTokenMs: 800, totalMs: 4000, tooSlow: fail }\n").Settings!.Verify;

        Assert.Equal((null, 800, null, 4000, TooSlow.Fail), (verify.ConnectMs, verify.FirstTokenMs, verify.BetweenTokensMs, verify.TotalMs, verify.TooSlow));
    }

    [Theory]
    [InlineData("{ firstTokenMs: 0 }")]
    [InlineData("{ totalMs: 600001 }")]
    [InlineData("{ totalMs: soon }")]
    [InlineData("{ totalMS: 5 }")]
    [InlineData("{ tooSlow: maybe }")]
    [InlineData("[]")]
    public void Bind_VerifyWrong_IsRefused(string verify) =>
        Assert.NotEmpty(Bound.FromYaml($"config:\n  azure-native:location: eastus2\n  phi:projects: []\n  phi:verify: {verify}\n").Faults);

    [Fact]
    public void Bind_OnlyWhatIsRequired_TakesDefaults()
    {
        var settings = Bound.FromYaml("config:\n  azure-native:location: eastus2\n  phi:projects: []\n").Settings!;
        Assert.Equal((TargetCloud.Public, LifecyclePolicy.Enforce, HubNetwork.Public), (settings.Cloud, settings.Lifecycle, settings.Hub.Network));
        Assert.Null(settings.SubscriptionId);
        Assert.Empty(settings.Projects);
    }

    [Fact]
    public void Bind_EmptyFile_NamesBothMissingSettings() =>
        Assert.Equal(["DEP1004", "DEP1004"], Bound.FromYaml(string.Empty).Faults.Select(fault => fault.Code));

    [Fact]
    public void Bind_ManyFaults_GivesAllInTheOrderOfTheFile()
    {
        var result = Bound.FromYaml("""
            config:
              phi:cloud: moon
              phi:hub: { netwrok: public }
              phi:projects:
                - name: assistants
                  endpoints:
                    - { name: mini, model: Phi-3-mini-4k-instruct, compute: serverless, region: x }
                    - { name: mini, model: Phi-3-mini-4k-instruct, compute: serverless }
                    - { name: other, model: Phi-5, compute: serverless }
                    - { name: medium, model: Phi-3-medium-128k-instruct, compute: managed, instances: lots }
                - name: assistants
                  endpoints: yes please
            phi:projects: []
            """);

        Assert.False(result.IsValid);
        Assert.Null(result.Settings);
        Assert.Equal(
            [
                "13:1 DEP1002",
                "2:3 DEP1004",
                "2:14 DEP1005",
                "3:14 DEP1002",
                "7:77 DEP1002",
                "8:19 DEP1007",
                "8:32 DEP1009",
                "9:33 DEP1008",
                "10:11 DEP1004",
                "10:11 DEP1004",
                "10:91 DEP1003",
                "11:13 DEP1007",
                "12:18 DEP1003",
            ],
            result.Faults.Select(fault => $"{fault.Message.Split(": ")[0][(Bound.File.Length + 1)..]} {fault.Code}"));
        Assert.All(result.Faults, fault => Assert.StartsWith(Bound.File + ":", fault.Message));
        Assert.All(result.Faults, fault => Assert.Equal(Core.ExitCode.Configuration, fault.ExitCode));
    }

    [Theory]
    [InlineData("{ name: a, model: Phi-3-mini-4k-instrct, compute: serverless }", "DEP1008", "Phi-3-mini-4k-instruct")]
    [InlineData("{ name: a, modle: Phi-4, model: Phi-4, compute: serverless }", "DEP1002", "'model'")]
    [InlineData("{ name: a, model: Phi-4, compute: serverles }", "DEP1005", "'serverless'")]
    [InlineData("{ name: a, model: Phi-4, compute: serverless, contentSafety: on }", "DEP1005", null)]
    [InlineData("{ name: a, model: Phi-4, compute: serverless, contentSafety: true }", "DEP1003", "quotes")]
    [InlineData("{ name: a, model: Phi-4, compute: serverless, auth: entra }", "DEP1005", "key")]
    [InlineData("{ name: a, model: Phi-4, compute: serverless, version: 8 }", "DEP1014", "Remove")]
    [InlineData("{ name: a, model: Phi-4, compute: serverless, instances: 1 }", "DEP1014", "Remove")]
    [InlineData("{ name: a, model: Phi-3-vision-128k-instruct, compute: serverless }", "DEP1010", "managed")]
    [InlineData("{ name: a, model: Phi-4, compute: managed, instanceType: Standard_NC24ads_A100_v4 }", "DEP1004", "version: \"8\"")]
    [InlineData("{ name: a, model: Phi-4, compute: managed, version: \"9\", instanceType: Standard_NC24ads_A100_v4 }", "DEP1013", "\"8\"")]
    [InlineData("{ name: a, model: Phi-4, compute: managed, version: 8 }", "DEP1004", "instanceType: Standard_")]
    [InlineData("{ name: a, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC6s_v3 }", "DEP1012", "Standard_NC")]
    [InlineData("{ name: a, model: Phi-4-mini-instruct, compute: managed, version: 1, instanceType: Standard_NC24ads_A100 }", "DEP1012", "Standard_NC24ads_A100_v4")]
    [InlineData("{ name: a, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4, instances: 51 }", "DEP1005", null)]
    [InlineData("{ name: a, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4, instances: 0 }", "DEP1005", null)]
    [InlineData("{ name: a, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4, instances: \"2\" }", "DEP1003", null)]
    [InlineData("{ name: a, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4, contentSafety: enabled }", "DEP1014", "serverless")]
    [InlineData("{ name: My_Mini, model: Phi-4, compute: serverless }", "DEP1006", "my-mini")]
    [InlineData("{ name: a--b, model: Phi-4, compute: serverless }", "DEP1006", null)]
    [InlineData("{ name: 4mini, model: Phi-4, compute: serverless }", "DEP1006", null)]
    [InlineData("{ name: abcdefghijklmnopqrstuvwx, model: Phi-4, compute: serverless }", "DEP1006", null)]
    [InlineData("{ model: Phi-4, compute: serverless }", "DEP1004", "name")]
    [InlineData("{ name: a, compute: serverless }", "DEP1004", "model")]
    [InlineData("{ name: a, model: Phi-4 }", "DEP1004", "compute")]
    [InlineData("{ name: a, model: Phi-4, compute: serverless, name: b }", "DEP1015", "Keep one")]
    [InlineData("{ name: a, model: { secure: AAAA }, compute: serverless }", "DEP1003", null)]
    [InlineData("just text", "DEP1003", null)]
    public void Bind_OneFault_IsTheOnlyOneAndSuggests(string endpoint, string code, string? suggestion)
    {
        var fault = Bound.FaultOf(endpoint);
        Assert.Equal(code, fault.Code);
        Assert.StartsWith($"{Bound.File}:7:", fault.Message);
        if (suggestion is not null)
        {
            Assert.Contains(suggestion, fault.Suggestion);
        }
    }

    [Theory]
    [InlineData("local", "Phi-3-mini-4k-instruct", "westus", true)]
    [InlineData("local", "Phi-3-mini-4k-instruct", "swedencentral", false)]
    [InlineData("public", "Phi-4", "westeurope", true)]
    [InlineData("public", "Phi-4", "swedencentral", false)]
    [InlineData("public", "Phi-4-reasoning", "swedencentral", true)]
    [InlineData("public", "Phi-3-mini-4k-instruct", "westus", false)]
    [InlineData("usGovernment", "Phi-4", "usgovvirginia", false)]
    public void Bind_Region_IsCheckedWhereItIsKnown(string cloud, string model, string location, bool isRefused)
    {
        var yaml = Bound.Yaml(cloud, $"{{ name: a, model: {model}, compute: serverless }}").Replace("eastus2", location, StringComparison.Ordinal);
        Assert.Equal(isRefused ? ["DEP1011"] : [], Bound.FromYaml(yaml).Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void Bind_SameModelInTwoProjectsOrOnManaged_IsAllowed()
    {
        var yaml = Bound.Yaml(
            "local",
            "{ name: one, model: Phi-4, compute: serverless }",
            "{ name: two, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4 }")
            + "    - { name: second, endpoints: [ { name: one, model: Phi-4, compute: serverless } ] }\n";
        Assert.Empty(Bound.FromYaml(yaml).Faults);
    }

    [Theory]
    [InlineData("azure-native:locaton: eastus2", "azure-native:location")]
    [InlineData("phi:project: []", "phi:projects")]
    [InlineData("projects: []", "phi:projects")]
    public void Bind_MisspelledTopKey_SuggestsTheRightOne(string line, string meant)
    {
        var faults = Bound.FromYaml($"config:\n  {line}\n").Faults;
        Assert.Contains(faults, fault => fault.Code == "DEP1002" && fault.Suggestion!.Contains(meant, StringComparison.Ordinal));
    }

    [Fact]
    public void Bind_KeysOfOtherProviders_AreLeftAlone() =>
        Assert.Empty(Bound.FromYaml("config:\n  azure-native:location: eastus2\n  azure-native:tenantId: x\n  aws:region: y\n  phi:projects: []\n").Faults);

    [Fact]
    public void Bind_SubscriptionThatIsNoGuid_IsRefused() =>
        Assert.Equal("DEP1005", Assert.Single(Bound.FromYaml("config:\n  azure-native:location: eastus2\n  azure-native:subscriptionId: mine\n  phi:projects: []\n").Faults).Code);

    [Fact]
    public void Bind_ProgramConfig_GivesTheSameSettingsAsTheFile()
    {
        const string projects = """[{"name":"a1","endpoints":[{"name":"m","model":"Phi-4","compute":"managed","version":"8","instanceType":"Standard_NC24ads_A100_v4","instances":3}]}]""";
        var result = Bound.FromConfig(
            ("azure-native:location", "eastus2"), ("phi:config:cloud", "local"), ("phi:hub", """{"network":"internetOutbound"}"""), ("phi:projects", projects));
        Assert.Empty(result.Faults);
        Assert.Equal(HubNetwork.InternetOutbound, result.Settings!.Hub.Network);
        var endpoint = Assert.Single(result.Settings.Endpoints).Endpoint;
        Assert.Equal(("8", 3), (endpoint.Version, endpoint.Instances));
        Assert.Null(endpoint.Mark);
    }

    [Fact]
    public void Bind_ProgramConfigWithFaults_NamesPaths()
    {
        var result = Bound.FromConfig(("azure-native:location", "eastus2"), ("phi:projects", """[{"name":"a1","endpoints":[{"name":"m","model":"Phi-5","compute":"serverless"}]}]"""));
        Assert.StartsWith("phi:projects[0].endpoints[0].model: 'Phi-5'", Assert.Single(result.Faults).Message);
    }

    [Fact]
    public void Bind_ProgramConfigWithMalformedJson_NamesTheKey() =>
        Assert.StartsWith("phi:projects: not well-formed JSON", Assert.Single(Bound.FromConfig(("phi:projects", "[{")).Faults).Message);

    [Theory]
    [InlineData("config: { phi:cloud: local, other:thing: 1 }", TargetCloud.Local, null)]
    [InlineData("config: { other:thing: 1 }", null, null)]
    [InlineData("config: { phi:cloud: moon }", null, "DEP1005")]
    public void ReadCloud_AnyProgram_ReadsNothingElse(string yaml, TargetCloud? cloud, string? code)
    {
        var tree = Reading.StackFileReader.Read(yaml, Bound.File, Bound.Stack).Tree!;
        Assert.Equal(cloud, SettingsBinder.ReadCloud(tree, out var error));
        Assert.Equal(code, error?.Code);
    }
}

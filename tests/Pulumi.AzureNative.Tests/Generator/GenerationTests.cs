using global::Generator;
using global::Generator.Arm;
using global::Generator.CSharp;
using global::Generator.Typings;
using Xunit;

namespace Pulumi.AzureNative.Tests.Generator;

public sealed class GenerationTests
{
    [Fact]
    public void Run_Check_FindsTheCommittedFilesCurrent()
    {
        var output = new StringWriter();

        var code = Generation.Run([Repository.Root, "--check"], output);

        Assert.True(code == 0, output.ToString());
    }

    [Fact]
    public void Run_CheckOfAnEmptyFolder_NamesWhatIsMissing()
    {
        var folder = Directory.CreateTempSubdirectory("generator-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "sdk/generator"));
            foreach (var file in new[] { "arm.json", "model.json", "types.txt" })
            {
                File.Copy(Path.Combine(Repository.Root, "sdk/generator", file), Path.Combine(folder.FullName, "sdk/generator", file));
            }

            var output = new StringWriter();

            Assert.Equal(1, Generation.Run([folder.FullName, "--check"], output));
            Assert.Contains("ServerlessEndpoint.g.cs differs", output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Join_PropertyWithoutCounterpart_FailsByName()
    {
        var facts = ArmFacts.Read(File.ReadAllText(Path.Combine(Repository.Root, "sdk/generator/arm.json")));
        var model = TypingsModel.Read(File.ReadAllText(Path.Combine(Repository.Root, "sdk/generator/model.json")));
        var token = "azure-native:storage:StorageAccount";
        model.Resources[token].Inputs["notThere"] = new TypingsProperty { Type = new TypingsType { Kind = "string" } };

        var exception = Assert.Throws<GeneratorException>(() => new ArmJoin(Numbers.Apply(model, facts.Doubles), facts).Run());

        Assert.Contains("storage:StorageAccount.notThere", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}", "resourceGroupName", "random")]
    [InlineData("/s/{subscriptionId}/providers/Microsoft.X/things/{thingName}", "thingName", "random")]
    [InlineData("/s/{subscriptionId}/providers/Microsoft.X/things/{thingName}/parts/{partName}", "partName", "copy")]
    [InlineData("/s/{subscriptionId}/providers/Microsoft.X/things/{thingName}/onlineEndpoints/{endpointName}", "endpointName", "random")]
    [InlineData("/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}", "roleAssignmentName", "uuid")]
    public void Autoname_Path_FollowsTheOfficialRule(string path, string property, string kind) =>
        Assert.Equal(new AutonameMetadata(property, kind), ArmPath.Autoname(path));

    [Fact]
    public void Type_NestedPath_JoinsTheTypeSegments() =>
        Assert.Equal("Microsoft.X/things/parts", ArmPath.Type("/{scope}/providers/Microsoft.X/things/{a}/parts/{b}"));

    [Theory]
    [InlineData("Standard_LRS", "Standard_LRS")]
    [InlineData("enabled", "Enabled")]
    [InlineData("Microsoft.KeyVault", "Microsoft_KeyVault")]
    [InlineData("System, User", "System_User")]
    [InlineData("1.0", "Kind_1_0")]
    [InlineData("Equals", "EqualsValue")]
    public void EnumMember_Value_BecomesAName(string value, string expected) => Assert.Equal(expected, Naming.EnumMember("Kind", value));
}

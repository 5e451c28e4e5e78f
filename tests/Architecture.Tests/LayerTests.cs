using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Architecture.Tests;

/// <summary>The layer rule of docs/architecture.md: an arrow for every direct use, and no others.</summary>
public sealed class LayerTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Deploy.Core"] = [],
        ["Deploy.Catalog"] = ["Deploy.Core"],
        ["Deploy.ArmTypes"] = ["Deploy.Core"],
        ["Deploy.Environments"] = ["Deploy.Catalog", "Deploy.Core"],
        ["Deploy.Azure"] = ["Deploy.Catalog", "Deploy.Core"],
        ["Deploy.Verification"] = ["Deploy.Azure", "Deploy.Environments", "Deploy.Catalog", "Deploy.Core"],
        ["Deploy.Preflight"] = ["Deploy.Verification", "Deploy.Azure", "Deploy.Environments", "Deploy.ArmTypes", "Deploy.Catalog", "Deploy.Core"],
        ["Deploy.Engine"] = ["Deploy.Azure", "Deploy.Core"],
        ["Deploy.Emulator"] = ["Deploy.Catalog", "Deploy.ArmTypes", "Deploy.Core"],
        ["Pulumi"] = [],
        ["Pulumi.AzureNative"] = ["Pulumi"],
        ["Generator"] = [],
        ["Infra"] = ["Pulumi", "Pulumi.AzureNative", "Deploy.Environments", "Deploy.Catalog", "Deploy.Core"],
        ["Bench.Engine"] = ["Deploy.Engine"],
        ["Bench.Slim"] = ["Pulumi"],
        ["Bench.Emulator"] = ["Bench.Engine", "Deploy.Emulator"],
        ["Bench.Sdk"] = ["Bench.Engine", "Deploy.Engine", "Infra"],
        ["Bench.Verdicts"] = ["Bench.Engine", "Deploy.Verification.Tests"],
        ["Bench.Verify"] = ["Bench.Engine", "Deploy.Azure", "Deploy.Emulator", "Deploy.Verification", "Deploy.Verification.Tests"],
    };

    public static TheoryData<string> Projects() =>
        [.. SourceFiles.Named("*.csproj").Where(f => !f.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Repository.Root, f))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_EveryProject_PointDownOnly(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        if (name == "Deploy.Cli")
        {
            return; // the composition root uses all of src
        }

        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{project} has no line in the layer rule.");
        var used = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
        Assert.Empty(used.Except(allowed!));
    }

    /// <summary>A project reference brings its own references along; the compiled assembly shows what is really used.</summary>
    [Theory]
    [InlineData("Deploy.Core")]
    [InlineData("Deploy.Catalog")]
    [InlineData("Deploy.ArmTypes")]
    [InlineData("Deploy.Environments")]
    [InlineData("Deploy.Azure")]
    [InlineData("Deploy.Verification")]
    [InlineData("Deploy.Preflight")]
    [InlineData("Deploy.Engine")]
    [InlineData("Deploy.Emulator")]
    [InlineData("Pulumi.AzureNative")]
    [InlineData("Infra")]
    public void AssemblyReferences_EveryAssembly_AreInTheLayerRule(string name)
    {
        var used = Assembly.Load(name).GetReferencedAssemblies().Select(a => a.Name!).Where(Allowed.ContainsKey);
        Assert.Empty(used.Except(Allowed[name]));
    }
}

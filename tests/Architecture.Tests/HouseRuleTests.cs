using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Architecture.Tests;

public sealed partial class HouseRuleTests
{
    [Fact]
    public void TypeNames_InSrc_CarryNoEmptySuffix()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Info", "Data", "Base"];
        var types = SourceFiles.Named("Deploy.*.csproj").Where(f => f.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Select(name => Assembly.Load(name == "Deploy.Cli" ? "deploy" : name))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("Deploy.", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal));
        // Metadata is a word of the field; Data alone says nothing.
        var named = types.Where(type => empty.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal)) && !type.Name.EndsWith("Metadata", StringComparison.Ordinal))
            .Select(type => type.FullName).ToArray();
        Assert.True(named.Length == 0, string.Join(Environment.NewLine, named));
    }

    [Fact]
    public void Folders_EveryProject_HasAReadme()
    {
        var folders = SourceFiles.Named("*.csproj").Where(f => !f.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => Path.GetDirectoryName(f)!);
        Assert.DoesNotContain(folders, folder => !File.Exists(Path.Combine(folder, "README.md")));
    }

    [Fact]
    public void Sources_NoFile_SwallowsAnError()
    {
        var found = SourceFiles.Named("*.cs").Where(file => SwallowedError().IsMatch(File.ReadAllText(file)));
        Assert.Empty(found);
    }

    [GeneratedRegex(@"catch\s*(\(Exception[^)]*\))?\s*\{\s*\}")]
    private static partial Regex SwallowedError();
}

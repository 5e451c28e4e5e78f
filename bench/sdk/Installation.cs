using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Engine;

namespace Bench.Sdk;

/// <summary>What each SDK costs before a program can start: what is fetched for it, and how long it is built.</summary>
internal static class Installation
{
    private static readonly string[] Sources =
    [
        "infra", "proto", "sdk/Pulumi", "sdk/Pulumi.AzureNative", "src/Deploy.Core", "src/Deploy.Catalog", "src/Deploy.Environments",
        "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "global.json", ".editorconfig",
    ];

    private static readonly string[] NpmPackages = ["@pulumi/pulumi", "@pulumi/azure-native"];

    /// <summary>As a reader's machine builds: no server is left behind, and none is found.</summary>
    private static readonly Dictionary<string, string?> BuildVariables = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_NOLOGO"] = "1",
    };

    public static async Task<string> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-");
        try
        {
            var (slim, slimBuild) = await SlimAsync(Directory.CreateDirectory(Path.Combine(folder.FullName, "slim")).FullName);
            var npm = await NpmAsync(Directory.CreateDirectory(Path.Combine(folder.FullName, "npm")).FullName);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| | Restored, MB | Files | First build, s |\n|---|---|---|---|\n| `infra/` with `sdk/` | {slim.Bytes / 1e6:F0} | {slim.Files} | {slimBuild:F1} |\n| npm SDK, JavaScript | {npm.Bytes / 1e6:F0} | {npm.Files} | none |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(Size Size, double BuildSeconds)> SlimAsync(string folder)
    {
        foreach (var source in Sources)
        {
            Copy(Path.Combine(Places.Root, source), Path.Combine(folder, source));
        }

        var packages = Path.Combine(folder, "packages");
        var variables = new Dictionary<string, string?>(BuildVariables) { ["NUGET_PACKAGES"] = packages };
        await Stopped.RunAsync(folder, variables, "dotnet", "restore", "infra");
        var build = await Stopped.RunAsync(folder, variables, "dotnet", "build", "infra", "-c", "Release", "--no-restore", "-v", "quiet", "-nologo");
        return (Size.Of(packages), build.Seconds);
    }

    private static async Task<Size> NpmAsync(string folder)
    {
        var wanted = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Places.NodeModules)!, "package.json")))!["dependencies"]!;
        var manifest = new JsonObject
        {
            ["name"] = "bench",
            ["private"] = true,
            ["dependencies"] = new JsonObject(NpmPackages.Select(name => KeyValuePair.Create(name, (JsonNode?)wanted[name]!.GetValue<string>()))),
        };
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), manifest.ToJsonString());
        await Stopped.RunAsync(folder, "npm", "install", "--no-audit", "--no-fund");
        return Size.Of(Path.Combine(folder, "node_modules"));
    }

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private sealed record Size(long Bytes, int Files)
    {
        public static Size Of(string folder)
        {
            var lengths = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Length).ToList();
            return new(lengths.Sum(), lengths.Count);
        }
    }
}

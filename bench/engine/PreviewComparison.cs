using System.Globalization;

namespace Bench.Engine;

/// <summary>A preview of the unchanged <c>local</c> stack beside what Node needs to import <c>@pulumi/pulumi</c>.</summary>
internal static class PreviewComparison
{
    private const int DefaultRounds = 7;

    private static readonly Dictionary<string, string?> Variables = new()
    {
        ["PULUMI_BACKEND_URL"] = null,
        ["PULUMI_STACK"] = null,
        ["PULUMI_CONFIG_PASSPHRASE"] = null,
        ["PULUMI_CONFIG_PASSPHRASE_FILE"] = null,
    };

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-");
        try
        {
            CopyProject(folder.FullName);
            await DeployAsync(folder.FullName, "up", "--yes");
            await NodeAsync();
            var (previews, imports) = (new List<double>(), new List<double>());
            for (var round = 0; round < (options.Rounds ?? DefaultRounds); round++)
            {
                previews.Add(await DeployAsync(folder.FullName, "preview", "--expect-no-changes"));
                imports.Add(await NodeAsync());
            }

            var (preview, import) = (CaseResult.Median(previews), CaseResult.Median(imports));
            var report = string.Create(
                CultureInfo.InvariantCulture,
                $"| | Seconds |\n|---|---|\n| No-op preview of `local`, {previews.Count} rounds | {preview:F3} |\n| `node -e \"require('@pulumi/pulumi')\"` | {import:F3} |\n\n{Verdict.Header}\n{Verdict.AtMost("preview over import", preview / import, 2).Row}");
            Console.WriteLine(report);
            if (options.Write)
            {
                ResultFile.Write("preview.md", report);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> DeployAsync(string folder, params string[] arguments) =>
        (await Stopped.RunAsync(folder, Variables, "bash", [Path.Combine(Places.Root, "deploy"), .. arguments])).Seconds;

    private static async Task<double> NodeAsync() => (await Stopped.RunAsync(Path.GetDirectoryName(Places.NodeModules)!, "node", "-e", "require('@pulumi/pulumi')")).Seconds;

    /// <summary>The repository's project over its built program, with state and local Azure of its own.</summary>
    private static void CopyProject(string folder)
    {
        var project = File.ReadAllText(Path.Combine(Places.Root, "Pulumi.yaml"));
        var program = Path.GetRelativePath(folder, Path.Combine(Places.Root, "infra"));
        File.WriteAllText(Path.Combine(folder, "Pulumi.yaml"), project.Replace("main: infra", $"main: {program}", StringComparison.Ordinal));
        var stacks = Directory.CreateDirectory(Path.Combine(folder, "stacks")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Places.Root, "stacks")))
        {
            File.Copy(file, Path.Combine(stacks, Path.GetFileName(file)));
        }
    }
}

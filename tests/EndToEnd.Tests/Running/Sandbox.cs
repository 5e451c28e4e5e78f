using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Running;

/// <summary>A project folder of a test's own: this repository's <c>Pulumi.yaml</c> and stacks over the built program, with its own state and local Azure.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal)
    {
        ["PULUMI_BACKEND_URL"] = null,
        ["PULUMI_STACK"] = null,
        ["PULUMI_CONFIG_PASSPHRASE"] = null,
        ["PULUMI_CONFIG_PASSPHRASE_FILE"] = null,
        ["NO_COLOR"] = "1",
    };

    private Sandbox(string folder) => Folder = folder;

    public string Folder { get; }

    public string Store => Path.Combine(Folder, ".deploy", "azure");

    public string StackFile => Path.Combine(Folder, "stacks", "Pulumi.local.yaml");

    /// <summary>A copy of this repository's project.</summary>
    public static Sandbox OfRepository()
    {
        var sandbox = Empty();
        var project = File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.yaml"));
        var program = Path.GetRelativePath(sandbox.Folder, Path.Combine(Repository.Root, "infra"));
        File.WriteAllText(Path.Combine(sandbox.Folder, "Pulumi.yaml"), project.Replace("main: infra", $"main: {program}", StringComparison.Ordinal));
        CopyFolder(Path.Combine(Repository.Root, "stacks"), Path.Combine(sandbox.Folder, "stacks"));
        return sandbox;
    }

    /// <summary>A copy of a folder under <c>tests/conformance</c>, which sees the npm packages installed there.</summary>
    public static Sandbox OfConformance(string name)
    {
        var sandbox = Empty();
        CopyFolder(Path.Combine(Repository.Conformance, name), sandbox.Folder);
        Directory.CreateSymbolicLink(Path.Combine(sandbox.Folder, "node_modules"), Path.Combine(Repository.Conformance, "node_modules"));
        return sandbox;
    }

    public void Set(string variable, string? value) => _environment[variable] = value;

    public ProcessRun Start(params IReadOnlyList<string> arguments) =>
        ProcessRun.Start(Folder, _environment, "dotnet", ["exec", Repository.DeployProgram, .. arguments]);

    /// <summary>Runs <c>deploy</c> to its end.</summary>
    public async Task<ProcessOutcome> RunAsync(params IReadOnlyList<string> arguments)
    {
        using var run = Start(arguments);
        return await run.WaitAsync();
    }

    /// <summary>Runs <c>deploy … -o json</c> and expects an exit code.</summary>
    public async Task<JsonObject> JsonAsync(int exitCode, params IReadOnlyList<string> arguments)
    {
        var outcome = await RunAsync([.. arguments, "-o", "json"]);
        Xunit.Assert.True(outcome.ExitCode == exitCode, $"deploy {string.Join(' ', arguments)}: expected exit {exitCode}, got {outcome}");
        return outcome.Json;
    }

    /// <summary>The lines of the local Azure's request log that changed something.</summary>
    public IReadOnlyList<JsonObject> Writes() => [.. Requests().Where(request => (bool)request["isWrite"]!)];

    public IReadOnlyList<JsonObject> Requests()
    {
        var log = Path.Combine(Store, "requests.log");
        return File.Exists(log) ? [.. File.ReadLines(log).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!.AsObject())] : [];
    }

    public void Edit(string before, string after)
    {
        var text = File.ReadAllText(StackFile);
        Xunit.Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(StackFile, text.Replace(before, after, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Store))
        {
            await RunAsync("emulator", "stop");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static Sandbox Empty() => new(Directory.CreateTempSubdirectory("deploy-e2e-").FullName);

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}

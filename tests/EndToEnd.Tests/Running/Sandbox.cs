using System.Collections.Concurrent;
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

    private readonly ConcurrentQueue<ProcessOutcome> _outcomes = new();

    private Sandbox(string folder)
    {
        Folder = folder;
        _environment[Descendants.Variable] = folder;
    }

    public string Folder { get; }

    public string Store => Path.Combine(Folder, ".deploy", "azure");

    public string State => Path.Combine(Folder, ".deploy", "state");

    /// <summary>What every command so far printed, except where the test asked for a secret.</summary>
    public IEnumerable<ProcessOutcome> Outcomes => _outcomes;

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
        CopyFolder(Path.Combine(Checkout.Conformance, name), sandbox.Folder);
        Directory.CreateSymbolicLink(Path.Combine(sandbox.Folder, "node_modules"), Path.Combine(Checkout.Conformance, "node_modules"));
        return sandbox;
    }

    /// <summary>A variable for every command from now on; null takes it away.</summary>
    public void Set(string variable, string? value) => _environment[variable] = value;

    public ProcessRun Start(params IReadOnlyList<string> arguments) => StartProgram("dotnet", ["exec", Checkout.DeployProgram, .. arguments]);

    /// <summary>Starts any program in the sandbox's folder, with its variables.</summary>
    public ProcessRun StartProgram(string program, IReadOnlyList<string> arguments) => ProcessRun.Start(Folder, _environment, program, arguments);

    /// <summary>Runs <c>deploy</c> to its end.</summary>
    public async Task<ProcessOutcome> RunAsync(params IReadOnlyList<string> arguments)
    {
        var outcome = await RunUnrecordedAsync(arguments);
        _outcomes.Enqueue(outcome);
        return outcome;
    }

    /// <summary>As <see cref="RunAsync"/>, for a command that prints a secret on purpose.</summary>
    public async Task<ProcessOutcome> RunUnrecordedAsync(params IReadOnlyList<string> arguments)
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
    public IReadOnlyList<JsonObject> Writes() => [.. Requests().Where(request => (bool)request["write"]!)];

    /// <summary>How many changes the journal of a run in progress holds; 0 without one.</summary>
    public int JournalLines()
    {
        if (!Directory.Exists(State))
        {
            return 0;
        }

        return Directory.EnumerateFiles(State, "*.journal", SearchOption.AllDirectories).Select(CountLines).Sum();

        static int CountLines(string path)
        {
            try
            {
                using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
                return reader.ReadToEnd().Count(character => character == '\n');
            }
            catch (FileNotFoundException)
            {
                // The run has ended and taken it away.
                return 0;
            }
        }
    }

    /// <summary>The request log so far; a line that is still being written is left out.</summary>
    public IReadOnlyList<JsonObject> Requests()
    {
        var log = Path.Combine(Store, "requests.log");
        if (!File.Exists(log))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>What <c>deploy emulator env</c> says.</summary>
    public async Task<JsonObject> EmulatorVariablesAsync()
    {
        var outcome = await RunUnrecordedAsync("emulator", "env", "-o", "json");
        Xunit.Assert.True(outcome.ExitCode == 0, outcome.ToString());
        return outcome.Json["variables"]!.AsObject();
    }

    public string Certificate => Path.Combine(Store, "certificate.pem");

    /// <summary>A client of the running local Azure.</summary>
    public async Task<ArmReader> SignInAsync() => await ArmReader.SignInAsync(await EmulatorVariablesAsync(), Certificate);

    /// <summary>Waits until nothing that this sandbox started runs, except the processes named.</summary>
    public Task WaitForDescendantsAsync(params IReadOnlyList<int> except) => Poll.UntilAsync(
        "every process of the sandbox has ended",
        () => Descendants.Of(Folder).Keys.All(except.Contains),
        () => string.Join('\n', Descendants.Of(Folder).Select(pair => $"{pair.Key} {pair.Value}")));

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

        try
        {
            await WaitForDescendantsAsync();
        }
        finally
        {
            foreach (var id in Descendants.Of(Folder).Keys)
            {
                using var left = System.Diagnostics.Process.GetProcessById(id);
                left.Kill();
            }
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

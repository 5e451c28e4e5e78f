using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Programs;
using Deploy.Engine.Projects;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Programs.Conformance;

/// <summary>
/// One program of <c>tests/conformance/programs</c>: the runs in its JSON file, one after another on one stack, and what they must come to. With <c>DEPLOY_TEST_RECORD=1</c>
/// the outcome is written into the file instead, to be read before it is committed.
/// </summary>
internal sealed partial class ProgramCase(string name)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, IndentSize = 1, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly bool IsRecording = Environment.GetEnvironmentVariable("DEPLOY_TEST_RECORD") == "1";

    public static string Folder => Path.Combine(Repository.Root, "tests", "conformance", "programs");

    /// <summary>All programs, or those whose name begins with <c>DEPLOY_TEST_PROGRAM</c>.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, $"{Environment.GetEnvironmentVariable("DEPLOY_TEST_PROGRAM")}*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>Whether its file says, under <c>nodeOnly</c>, why there is no such program on the other SDK.</summary>
    public bool IsForNodeOnly => JsonNode.Parse(File.ReadAllText(FileName))!["nodeOnly"] is not null;

    private string FileName => Path.Combine(Folder, $"{name}.json");

    /// <summary>Runs the program on the SDK whose results are the expected ones.</summary>
    public async Task RunAsync(Func<EngineRequest, IProgramLauncher> launcher)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(FileName))!.AsObject();
        var actual = await PlayAsync(expected, launcher);
        if (IsRecording)
        {
            await File.WriteAllTextAsync(FileName, actual.ToJsonString(Format) + "\n");
            return;
        }

        Compare(expected, actual, []);
    }

    /// <summary>Runs the same program on another SDK: it must ask for the same and come to the same.</summary>
    /// <param name="launcher">Starts the program.</param>
    /// <param name="adapt">Removes from the expected and the actual outcome what may differ between SDKs.</param>
    public async Task RunLikeAsync(Func<EngineRequest, IProgramLauncher> launcher, Action<JsonObject> adapt)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(FileName))!.AsObject();
        var actual = await PlayAsync(expected, launcher);
        var errors = actual["runs"]!.AsArray().Select(run => (string?)run!["error"]).OfType<string>().ToList();
        adapt(expected);
        adapt(actual);
        Compare(expected, actual, errors);
    }

    private static void Compare(JsonObject expected, JsonObject actual, IReadOnlyList<string> errors)
    {
        var differences = JsonDifferences.Find(expected, actual).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', [.. differences.Take(20), .. errors]));
    }

    private static async Task<JsonObject> PlayAsync(JsonObject script, Func<EngineRequest, IProgramLauncher> launcher)
    {
        using var harness = new EngineHarness();
        Prepare(script, harness);
        var runs = new JsonArray();
        string? before = null;
        foreach (var run in script["runs"]!.AsArray().Select(run => run!.AsObject()))
        {
            var played = await PlayAsync(run, harness, launcher);
            var asked = played["asked"]!.ToJsonString();
            if (asked == before)
            {
                played["asked"] = "the same";
            }

            before = asked;
            runs.Add(played);
        }

        var result = script.DeepClone().AsObject();
        result["runs"] = runs;
        result["state"] = Clip(Normal.State(await harness.Stack.ExportAsync(EngineHarness.Secrets(), showSecrets: true, CancellationToken.None)));
        result["left"] = new JsonArray([.. harness.Cloud.Things.Keys.Order(StringComparer.Ordinal).Select(id => (JsonNode)id)]);
        return result;
    }

    /// <summary>What exists before the first run: things in the cloud and outputs of another stack.</summary>
    private static void Prepare(JsonObject script, EngineHarness harness)
    {
        foreach (var (id, inputs) in script["cloud"]?.AsObject() ?? [])
        {
            harness.Cloud.Things[id] = PropertyJson.FromJson(inputs).AsMap()!;
        }

        if (script["base"] is { } outputs)
        {
            var urn = Urn.Create("base", "shop", null, "pulumi:pulumi:Stack", "shop-base");
            var stack = FileBackend.Open(null, harness.Folder, TimeProvider.System).Stack("shop", "base");
            var values = PropertyJson.FromJson(outputs).AsMap()!;
            values = PropertyMap.Create(values.Select(entry => entry.Key == "secret" ? KeyValuePair.Create(entry.Key, (PropertyValue)entry.Value.AsSecret()) : entry));
            using var held = stack.Lock();
            stack.Save(new() { Resources = [new() { Urn = urn, Custom = false, Outputs = values }] }, EngineHarness.Secrets(), DateTimeOffset.UnixEpoch);
        }
    }

    private static async Task<JsonObject> PlayAsync(JsonObject run, EngineHarness harness, Func<EngineRequest, IProgramLauncher> launcher)
    {
        Disturb(run, harness.Cloud);
        RecordingLauncher? recorder = null;
        var operation = Enum.Parse<EngineOperation>(run["do"]!.GetValue<string>());
        var played = await harness.RunAsync(operation, _ => Task.CompletedTask, request =>
        {
            // The programs lie in the repository, while the stack has a folder of its own.
            request = request with { Project = request.Project with { ProgramDirectory = Folder }, Config = Config(run), OtherStackSecrets = _ => EngineHarness.Secrets(), ExpectNoChanges = run["expectNoChanges"]?.GetValue<bool>() ?? false };
            recorder = new(launcher(request));
            return request with { Launcher = recorder };
        });
        var result = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["do", "config", "secrets", "faults", "expectNoChanges"])
        {
            if (run[name] is { } given)
            {
                result[name] = given.DeepClone();
            }
        }

        result["result"] = played.Result.Result.ToString();
        Describe(played, harness.Folder, result);
        result["asked"] = Asked(recorder!);
        return result;
    }

    private static void Disturb(JsonObject run, FakeCloud cloud)
    {
        cloud.Faults.Clear();
        foreach (var (place, message) in run["faults"]?.AsObject() ?? [])
        {
            cloud.Faults[place] = new DeployException(EngineErrors.ResourceFailed.With(message!.GetValue<string>()));
        }
    }

    private static StackConfig Config(JsonObject run)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in run["config"]?.AsObject() ?? [])
        {
            values[Key(key)] = value!.GetValue<string>();
        }

        foreach (var (key, value) in run["secrets"]?.AsObject() ?? [])
        {
            values[Key(key)] = value!.GetValue<string>();
            secrets.Add(Key(key));
        }

        return StackConfig.Empty with { Values = values, SecretKeys = secrets };
    }

    private static string Key(string key) => key.Contains(':', StringComparison.Ordinal) ? key : $"shop:{key}";

    private static void Describe(TestRun played, string folder, JsonObject result)
    {
        if (played.Result.Error is { } error)
        {
            result["error"] = Trim(error.Message, folder);
        }

        Add(result, "steps", played.Steps.Order(StringComparer.Ordinal));
        Add(result, "failed", played.Failed.Order(StringComparer.Ordinal));
        Add(result, "messages", played.Events.OfType<DiagnosticEvent>().Where(item => item.Severity != DiagnosticSeverity.Debug)
            .Select(item => Trim($"{item.Severity}: {item.Message}", folder)).Order(StringComparer.Ordinal));
        Add(result, "printed", played.Events.OfType<StandardOutputEvent>().Where(item => !IsOfNode(item.Line))
            .Select(item => Trim(item.Line, folder)).Where(line => line.Length > 0));
        result["outputs"] = Clip(PropertyJson.ToJson(played.Result.Outputs, showSecrets: false));
    }

    /// <summary>Warnings of the runtime itself, which come and go with the timing.</summary>
    private static bool IsOfNode(string line) => line.StartsWith("(node:", StringComparison.Ordinal) || line.StartsWith("(Use `node", StringComparison.Ordinal);

    private static void Add(JsonObject result, string name, IEnumerable<string> lines)
    {
        JsonNode[] list = [.. lines.Select(line => (JsonNode)line)];
        if (list.Length > 0)
        {
            result[name] = new JsonArray(list);
        }
    }

    private static JsonObject Asked(RecordingLauncher recorder)
    {
        var result = new JsonObject();
        Add(result, "registrations", recorder.Registrations.Select(Normal.Registration));
        Add(result, "reads", recorder.Reads.Select(Normal.Read));
        Add(result, "invokes", recorder.Invokes.Select(Normal.Invoke));
        Add(result, "outputs", recorder.Outputs.Select(Normal.Outputs));
        return result;
    }

    /// <summary>Programs ask concurrently: the order says nothing.</summary>
    private static void Add(JsonObject result, string name, IEnumerable<JsonObject> asked)
    {
        JsonNode[] list = [.. asked.Select(item => Clip(item)!).OrderBy(item => item.ToJsonString(), StringComparer.Ordinal)];
        if (list.Length > 0)
        {
            result[name] = new JsonArray(list);
        }
    }

    /// <summary>The first two lines of a message, without stack frames, colors and what differs from machine to machine.</summary>
    private static string Trim(string text, string folder)
    {
        var lines = text.Split('\n').Where(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal)).Take(2);
        var plain = Color().Replace(string.Join(' ', lines), "").Replace(folder, "FOLDER", StringComparison.Ordinal).Replace(Folder, "PROGRAMS", StringComparison.Ordinal);
        return Normal.Shorten(Uncaught().Replace(plain, "${error}"));
    }

    private static JsonNode? Clip(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Clip(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Clip)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 400 =>
            JsonValue.Create($"{text.Length} characters, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}"),
        _ => node?.DeepClone(),
    };

    /// <summary>The npm SDK prints an uncaught error in one form while the program is loaded and in another afterwards: which one is a matter of timing.</summary>
    [GeneratedRegex(@"Running program '[^']*' failed with an unhandled exception: (<ref \*\d+> )?(\[(?<error>\w+: .*)\]( \{)?|(?<error>.*))$")]
    private static partial Regex Uncaught();

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Color();
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

/// <summary>The golden deployments and the script that makes them, in <c>tests/conformance/state/</c>.</summary>
internal static class Golden
{
    public static readonly string[] Names = ["settled", "values", "interrupted", "older", "unknown"];

    public static string Scripts { get; } = Path.Combine(Repository.Root, "tests", "conformance", "state");

    public static string Folder { get; } = Path.Combine(Scripts, "golden");

    public static string PathOf(string name, string form) => Path.Combine(Folder, $"{name}.{form}.json");

    public static JsonObject Read(string name, string form) => (JsonObject)JsonNode.Parse(File.ReadAllText(PathOf(name, form)))!;

    /// <summary>Puts a checkpoint where the file backend of a project has it.</summary>
    public static void Place(EngineHarness harness, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(harness.Stack.Paths.Checkpoint)!);
        File.Copy(PathOf(name, "checkpoint"), harness.Stack.Paths.Checkpoint);
    }

    /// <summary>Tells the cloud of every resource that a golden state holds.</summary>
    public static void Provision(EngineHarness harness, Snapshot snapshot)
    {
        foreach (var resource in snapshot.Resources.Where(resource => resource.Urn.Type == "fake:index:Thing"))
        {
            harness.Cloud.Things[resource.Id] = resource.Inputs.WithoutSecrets();
        }
    }

    /// <summary>What the secrets of a state hold, by place, as the script names places.</summary>
    public static JsonObject SecretsOf(Snapshot snapshot)
    {
        var found = new JsonObject();
        for (var index = 0; index < snapshot.Resources.Count; index++)
        {
            Find(found, $"/resources/{index}", snapshot.Resources[index]);
        }

        for (var index = 0; index < snapshot.PendingOperations.Count; index++)
        {
            Find(found, $"/pending_operations/{index}/resource", snapshot.PendingOperations[index].Resource);
        }

        return found;
    }

    /// <summary>Runs one of the scripts; the test is skipped where there is no Node.</summary>
    public static async Task<string> NodeAsync(params string[] arguments)
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Scripts })!;
            var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(node.ExitCode == 0, error);
            return await output;
        }
        catch (Win32Exception exception)
        {
            Assert.Skip($"node cannot be started: {exception.Message}");
            throw;
        }
    }

    private static void Find(JsonObject found, string place, ResourceState resource)
    {
        Find(found, $"{place}/inputs", resource.Inputs);
        Find(found, $"{place}/outputs", resource.Outputs);
    }

    private static void Find(JsonObject found, string place, PropertyValue value)
    {
        switch (value)
        {
            case PropertySecret secret:
                found.Add(place, new StateValues(EngineHarness.Secrets(), showSecrets: true).Write(secret.Element.WithoutSecrets(), place));
                break;
            case PropertyMap map:
                foreach (var (name, item) in map)
                {
                    Find(found, $"{place}/{name}", item);
                }

                break;
            case PropertyList list:
                for (var index = 0; index < list.Count; index++)
                {
                    Find(found, $"{place}/{index}", list[index]);
                }

                break;
            default:
                break;
        }
    }
}

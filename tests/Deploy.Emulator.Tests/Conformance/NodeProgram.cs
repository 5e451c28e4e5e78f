using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>A program of <c>tests/conformance</c> that prints one JSON document, run with the variables that <c>deploy emulator env</c> gives.</summary>
internal static class NodeProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // Each takes most of a core; as many at once as there are cores is what a small machine can do in time.
    private static readonly SemaphoreSlim AtOnce = new(Environment.ProcessorCount);

    public static Task<JsonNode> RunAsync(LocalCloud cloud, params string[] arguments) => RunAsync(cloud, new Dictionary<string, string>(), arguments);

    public static async Task<JsonNode> RunAsync(LocalCloud cloud, IReadOnlyDictionary<string, string> more, params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("node") { WorkingDirectory = ConformanceFolder.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var (name, value) in await EmulatorEnvironment.VariablesAsync(cloud.Connection, new Dictionary<string, string>(), cancellationToken))
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in more)
        {
            start.Environment[name] = value;
        }

        await AtOnce.WaitAsync(cancellationToken);
        using var process = Process.Start(start)!;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"node {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
            return JsonNode.Parse(await output)!;
        }
        finally
        {
            AtOnce.Release();
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

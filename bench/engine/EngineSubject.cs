using Deploy.Engine;
using Deploy.Engine.Events;
using Deploy.Engine.State;

namespace Bench.Engine;

/// <summary>One first <c>up</c> by the engine in this process, with everything a user's run has: lock, journal, checkpoint, history.</summary>
internal static class EngineSubject
{
    public static async Task<int> RunAsync(Workload workload)
    {
        var stack = FileBackend.Open(null, workload.Folder, TimeProvider.System).Stack("bench", "dev");
        var secrets = new PassphraseSecretsProvider(new() { Passphrase = "bench" });
        var request = new EngineRequest
        {
            Operation = EngineOperation.Update,
            Project = workload.Project,
            Stack = stack,
            Config = workload.Config,
            Secrets = secrets,
            Launcher = workload.Launcher,
        };
        var result = await new DeploymentEngine([new MemoryProvider()], TimeProvider.System).RunAsync(request, new FaultSink(), default, default);
        var created = result.Changes.Create;
        if (result.Result != RunResult.Succeeded || created != workload.Count + 1)
        {
            await Console.Error.WriteLineAsync($"{result.Result}, {created} created, {workload.Count + 1} expected. {result.Error}");
            return 1;
        }

        Footprint.Print();
        return 0;
    }

    /// <summary>Passes on what went wrong; nothing is drawn, so that no terminal is measured.</summary>
    private sealed class FaultSink : IEngineEventSink
    {
        public void Emit(EngineEvent engineEvent)
        {
            if (engineEvent is DiagnosticEvent { Severity: DiagnosticSeverity.Error } diagnostic)
            {
                Console.Error.WriteLine(diagnostic.Message);
            }
            else if (engineEvent is StandardOutputEvent output)
            {
                Console.Error.WriteLine(output.Line);
            }
        }
    }
}

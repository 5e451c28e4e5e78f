using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary>A way to find out whether an endpoint works.</summary>
internal interface ITool
{
    string Name { get; }

    /// <summary>Judges each behaviour, in order; the server plays it.</summary>
    Task<IReadOnlyList<Judgement>> JudgeAsync(ScriptedServer server, IReadOnlyList<Behaviour> behaviours);
}

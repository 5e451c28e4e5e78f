using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary>The control plane's word: every endpoint of the catalog was deployed without an error.</summary>
internal sealed class Provisioned : ITool
{
    public string Name => "`provisioningState` is `Succeeded`";

    public Task<IReadOnlyList<Judgement>> JudgeAsync(ScriptedServer server, IReadOnlyList<Behaviour> behaviours) =>
        Task.FromResult<IReadOnlyList<Judgement>>([.. behaviours.Select(_ => Judgement.Works)]);
}

using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary>Ours.</summary>
internal sealed class DeployVerify : ITool
{
    public string Name => "`deploy verify`";

    public async Task<IReadOnlyList<Judgement>> JudgeAsync(ScriptedServer server, IReadOnlyList<Behaviour> behaviours)
    {
        var judgements = new Judgement[behaviours.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, behaviours.Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (index, cancellationToken) =>
        {
            var report = await BehaviourRun.VerifyAsync(server, behaviours[index], cancellationToken);
            var decisive = report.Endpoints[0].Checks.FirstOrDefault(check => check.Status == report.Status && check.Code is not null);
            judgements[index] = new(
                report.Status switch { CheckStatus.Fail => Word.Broken, CheckStatus.Inconclusive => Word.Unclear, _ => Word.Works },
                decisive?.Code,
                decisive?.Code?[3..5]);
        });
        return judgements;
    }
}

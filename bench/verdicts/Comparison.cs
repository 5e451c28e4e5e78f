using System.Globalization;
using Bench.Engine;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary>Every tool over the whole catalog, each on endpoints of its own.</summary>
internal static class Comparison
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args.FirstOrDefault(arg => arg != "--write") is { } other)
        {
            throw new ArgumentException($"'{other}' is no option: --write");
        }

        ITool[] tools =
        [
            new DeployVerify(), new Curl(), new NodeScript("script on `@azure-rest/ai-inference`, text", "rest"), new NodeScript("script on `openai`, text", "openai"),
            new NodeScript("one-token probe", "token"), new Provisioned(),
        ];
        var scores = new List<Score>();
        foreach (var tool in tools)
        {
            var behaviours = VerdictCatalog.All;
            var server = new ScriptedServer();
            await server.InitializeAsync();
            await using (server)
            {
                scores.Add(Score.Of(tool.Name, behaviours, await tool.JudgeAsync(server, behaviours)));
            }

            await Console.Error.WriteLineAsync($"{tool.Name}: {scores[^1].Wrong.Count} wrong");
        }

        var report = Report(VerdictCatalog.All, scores);
        Console.WriteLine(report);
        if (args.Contains("--write"))
        {
            ResultFile.Write("verdicts.md", report);
        }

        return scores[0].Wrong.Count == 0 ? 0 : 1;
    }

    private static string Report(IReadOnlyList<Behaviour> all, List<Score> scores) => string.Join('\n',
    [
        string.Create(CultureInfo.InvariantCulture, $"{all.Count} behaviours: {Count(all, CheckStatus.Fail)} broken, {Count(all, CheckStatus.Pass) + Count(all, CheckStatus.Warn)} working ({Count(all, CheckStatus.Warn)} of them with something to know), {Count(all, CheckStatus.Inconclusive)} that cannot be judged from here."),
        "",
        "| | Precision | Recall | Unclear called so | Exact cause | Kind of cause |",
        "|---|---|---|---|---|---|",
        .. scores.Select(score => score.Row),
        "",
        scores[0].Wrong.Count == 0 ? "`deploy verify` is wrong nowhere in the catalog, which is its own: what it has not met yet is not in these numbers." : $"`deploy verify` is wrong in: {string.Join("; ", scores[0].Wrong)}.",
    ]);

    private static int Count(IReadOnlyList<Behaviour> all, CheckStatus status) => all.Count(behaviour => behaviour.Status == status);
}

using System.Diagnostics;
using System.Globalization;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary><c>curl</c> with a question, and a look at the status.</summary>
internal sealed class Curl : ITool
{
    private const string Body = """{"messages":[{"role":"user","content":"What is 2 + 2?"}]}""";

    public string Name => "`curl`, status 200";

    public async Task<IReadOnlyList<Judgement>> JudgeAsync(ScriptedServer server, IReadOnlyList<Behaviour> behaviours)
    {
        var judgements = new List<Judgement>();
        foreach (var behaviour in behaviours)
        {
            judgements.Add(await JudgeAsync(Address.Of(server, behaviour), behaviour.Key.Trim()));
        }

        return judgements;
    }

    private static async Task<Judgement> JudgeAsync(Uri uri, string key)
    {
        var start = new ProcessStartInfo("curl",
        [
            "--silent", "--show-error", "--output", "/dev/null", "--write-out", "%{http_code}", "--max-time", Address.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "--header", $"Authorization: Bearer {key}", "--header", "Content-Type: application/json", "--data", Body,
            $"{uri.AbsoluteUri.TrimEnd('/')}/chat/completions?api-version=2024-05-01-preview",
        ]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("curl did not start");
        var error = process.StandardError.ReadToEndAsync();
        var status = int.Parse(await process.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
        await process.WaitForExitAsync();
        await error;
        return process.ExitCode == 0 && status == 200 ? Judgement.Works
            // Connected and cut off says the status' kind; never connected is the network's.
            : status == 0 ? Judgement.Broken(process.ExitCode is 28 or 52 or 56 ? "46" : "41")
            : process.ExitCode != 0 ? Judgement.Broken("46")
            : Judgement.OfStatus(status);
    }
}

namespace Bench.Engine;

/// <summary>Runs every program on the engine and on the empty monitor in turns.</summary>
internal static class EngineComparison
{
    public static async Task<int> RunAsync(Options options)
    {
        if (!Directory.Exists(Path.Combine(Places.NodeModules, "@pulumi", "pulumi")))
        {
            await Console.Error.WriteLineAsync($"{Places.NodeModules} holds no @pulumi/pulumi: (cd tests/conformance && npm ci)");
            return 1;
        }

        // Once for nothing, so that the first pair does not pay for cold files.
        await RoundAsync(new("npm", 10), []);
        await RoundAsync(new("slim", 10), []);
        var cases = options.Sizes.SelectMany(size => new[] { new Case("npm", size), new Case("slim", size) }).ToList();
        var results = new List<CaseResult>();
        foreach (var item in cases)
        {
            var pairs = new List<Pair>();
            for (var round = 0; round < options.RoundsFor(item.Count); round++)
            {
                await RoundAsync(item, pairs);
            }

            results.Add(CaseResult.Of(item, pairs));
            await Console.Error.WriteLineAsync(EngineReport.Row(results[^1]));
            if (options.Write)
            {
                // After each case: who stops before the largest keeps the others.
                ResultFile.Write("engine.md", EngineReport.Render(results));
            }
        }

        Console.WriteLine(EngineReport.Render(results));
        return 0;
    }

    private static async Task RoundAsync(Case item, List<Pair> pairs) => pairs.Add(new(await OnceAsync("engine", item), await OnceAsync("empty", item)));

    private static async Task<Sample> OnceAsync(string subject, Case item)
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-");
        try
        {
            var workload = new Workload(item.Language, item.Count, folder.FullName);
            workload.Prepare();
            var run = await Stopped.RunAsync(folder.FullName, "dotnet", "exec", Places.Self, subject, item.Language, $"{item.Count}", folder.FullName);
            var footprint = Footprint.Parse(run.Output);
            return new(run.Seconds, footprint.CpuSeconds, footprint.PeakBytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

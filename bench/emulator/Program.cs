using Bench.Emulator;
using Bench.Engine;

if (args is ["empty", var port])
{
    return await EmptyApp.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
}

var options = BenchOptions.Parse(args);
var parts = new List<string>();
foreach (var (name, run) in ((string, Func<BenchOptions, Task<string>>)[])[("start", StartComparison.RunAsync), ("load", LoadRun.RunAsync), ("memory", MemoryRun.RunAsync), ("cost", CostRun.RunAsync)])
{
    if (options.Has(name))
    {
        var part = await run(options);
        Console.WriteLine(part + "\n");
        parts.Add(part);
    }
}

if (options.Write)
{
    ResultFile.Write("emulator.md", string.Join("\n\n", parts));
}

return 0;

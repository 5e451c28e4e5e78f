using Bench.Engine;

// Without a first word: the comparison. The words start what the comparison runs, each in a process of its own.
return args switch
{
    ["engine", var language, var count, var folder] => await EngineSubject.RunAsync(Workload.Of(language, count, folder)),
    ["empty", var language, var count, var folder] => await EmptySubject.RunAsync(Workload.Of(language, count, folder)),
    ["preview", .. var options] => await PreviewComparison.RunAsync(Options.Parse(options)),
    _ => await EngineComparison.RunAsync(Options.Parse(args)),
};

using Bench.Verdicts;

return await Comparison.RunAsync(args);

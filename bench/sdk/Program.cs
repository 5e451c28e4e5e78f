using Bench.Engine;
using Bench.Sdk;

var options = Options.Parse(args);
var report = string.Join('\n', [await Installation.MeasureAsync(), "", await ProgramStart.MeasureAsync(options.Rounds ?? 5)]);
Console.WriteLine(report);
if (options.Write)
{
    ResultFile.Write("sdk.md", report);
}

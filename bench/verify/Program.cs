using Bench.Engine;
using Bench.Verify;

var words = args.Where(arg => arg != "--write").ToArray();
var rounds = 5;
var parts = new List<string>();
for (var index = 0; index < words.Length; index++)
{
    switch (words[index])
    {
        case "--rounds":
            rounds = int.Parse(words[++index], System.Globalization.CultureInfo.InvariantCulture);
            break;
        case "one" or "three" or "fleet":
            parts.Add(words[index]);
            break;
        default:
            throw new ArgumentException($"'{words[index]}' is no option: one | three | fleet | --rounds 5 | --write");
    }
}

var report = new List<string>();
var wanted = parts.Count == 0 ? ["one", "three", "fleet"] : parts;
using var published = wanted.Any(part => part != "fleet") ? await Published.CreateAsync() : null;
foreach (var part in wanted)
{
    report.Add(part switch
    {
        "one" => await OneEndpoint.MeasureAsync(published!, rounds),
        "three" => await ThreeEndpoints.MeasureAsync(published!, rounds),
        _ => await Fleet.MeasureAsync(rounds),
    });
    Console.WriteLine(report[^1]);
}

if (args.Contains("--write"))
{
    ResultFile.Write("verify.md", string.Join("\n\n", report));
}

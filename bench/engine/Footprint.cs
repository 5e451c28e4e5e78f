using System.Diagnostics;
using System.Text.Json;

namespace Bench.Engine;

/// <summary>What a process has used up to its end, told by itself: the program it started is another process and not in it.</summary>
/// <param name="CpuSeconds">User and system time of all threads.</param>
/// <param name="PeakBytes">The most memory it has held at one moment.</param>
internal sealed record Footprint(double CpuSeconds, long PeakBytes)
{
    public static void Print()
    {
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new Footprint(self.TotalProcessorTime.TotalSeconds, self.PeakWorkingSet64)));
    }

    public static Footprint Parse(string line) => JsonSerializer.Deserialize<Footprint>(line) ?? throw new FormatException($"'{line}' is no footprint");
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

/// <summary>Evidence of a run that counts on from the runs before it.</summary>
internal static partial class RunningTotal
{
    public static void Write(string name, int count, string result)
    {
        var kept = Evidence.FileOf(name);
        var before = File.Exists(kept) && Total().Match(File.ReadAllText(kept)) is { Success: true } total ? long.Parse(total.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        Evidence.Write(name, string.Create(CultureInfo.InvariantCulture, $"{result}; {before + count} in all"));
    }

    [GeneratedRegex(@"; (\d+) in all")]
    private static partial Regex Total();
}

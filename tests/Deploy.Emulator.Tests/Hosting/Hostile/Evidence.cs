using System.Globalization;
using System.Text.RegularExpressions;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

/// <summary>What long runs have found, kept in <c>docs/evidence/</c> with a running total; only <c>./test --all</c> writes it.</summary>
internal static partial class Evidence
{
    public static void Add(string name, int count, string result)
    {
        if (Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") != "1")
        {
            return;
        }

        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Root(), "docs", "evidence")).FullName, $"{name}.txt");
        var before = File.Exists(path) && Total().Match(File.ReadAllText(path)) is { Success: true } total ? long.Parse(total.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}: {result}; {before + count} in all\n"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Deploy.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"; (\d+) in all")]
    private static partial Regex Total();
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace Deploy.Engine.Tests.Harness;

/// <summary>What a long run has found, kept in <c>docs/evidence/</c>; only <c>./test --all</c> writes it.</summary>
internal static class Evidence
{
    public static void Write(string name, string result, [CallerFilePath] string here = "")
    {
        if (Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") != "1")
        {
            return;
        }

        var folder = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "evidence");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{name}.txt"), $"{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {result}\n");
    }
}

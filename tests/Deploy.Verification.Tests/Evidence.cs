using System.Globalization;

namespace Deploy.Verification.Tests;

/// <summary>What a long run has found, kept in <c>docs/evidence/</c>; only <c>./test --all</c> writes it.</summary>
internal static class Evidence
{
    public static void Write(string name, string result)
    {
        if (Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") != "1")
        {
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "evidence")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{name}.txt"), $"{TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {result}\n");
    }
}

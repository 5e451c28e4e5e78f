using System.Globalization;

namespace Tests.Shared;

/// <summary>What a long run has found, kept in <c>docs/evidence/</c>; only <c>./test --all</c> writes it.</summary>
internal static class Evidence
{
    public static void Write(string name, string result)
    {
        if (Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") != "1")
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(name))!);
        File.WriteAllText(FileOf(name), $"{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {result}\n");
    }

    public static string FileOf(string name) => Path.Combine(Repository.Root, "docs", "evidence", $"{name}.txt");
}

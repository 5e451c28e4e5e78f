using System.Globalization;

namespace Deploy.Engine.Tests.Harness;

/// <summary>What a long run has found, kept in <c>docs/evidence/</c>; only <c>./test --all</c> writes it.</summary>
internal static class Evidence
{
    public static void Write(string name, string result)
    {
        if (Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") != "1")
        {
            return;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Deploy.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("the tests do not lie below the repository");
        }

        var folder = root.CreateSubdirectory(Path.Combine("docs", "evidence")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{name}.txt"), $"{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {result}\n");
    }
}

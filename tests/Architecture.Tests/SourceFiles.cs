namespace Architecture.Tests;

internal static class SourceFiles
{
    public static IEnumerable<string> Named(string pattern) =>
        new[] { "src", "sdk", "infra", "tests", "bench" }
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}

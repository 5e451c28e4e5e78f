using System.Reflection;

namespace Bench.Engine;

/// <summary>Where things lie in the repository.</summary>
internal static class Places
{
    public static string Root { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    public static string NodeModules { get; } = Path.Combine(Root, "tests", "conformance", "node_modules");

    public static string Self { get; } = typeof(Places).Assembly.Location;

    public static string SlimProgram { get; } = Built("Bench.Slim", "Bench.Slim.dll");

    public static string NpmProgram { get; } = Path.Combine(Root, "bench", "engine", "npm");

    public static string Result(string name) => Path.Combine(Root, "bench", "results", name);

    public static string Built(string project, string file) => Path.Combine(Root, "artifacts", "bin", project, Metadata("Configuration"), file);

    private static string Metadata(string key) =>
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

using System.Reflection;

namespace EndToEnd.Tests.Running;

/// <summary>Where things are in the checkout that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    public static string DeployProgram { get; } = Path.GetFullPath(Metadata("DeployProgram"));

    public static string Conformance { get; } = Path.Combine(Root, "tests", "conformance");

    public static bool HasNodeModules { get; } = Directory.Exists(Path.Combine(Conformance, "node_modules", "@pulumi", "pulumi"));

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

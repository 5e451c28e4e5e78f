using System.Reflection;

namespace EndToEnd.Tests.Running;

/// <summary>Where things are in the checkout that the tests were built in.</summary>
internal static class Checkout
{
    public static string DeployProgram { get; } = Path.GetFullPath(
        typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "DeployProgram").Value!);

    public static string Conformance { get; } = Path.Combine(Repository.Root, "tests", "conformance");

    public static bool HasNodeModules { get; } = Directory.Exists(Path.Combine(Conformance, "node_modules", "@pulumi", "pulumi"));
}

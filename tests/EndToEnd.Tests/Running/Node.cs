using Xunit;

namespace EndToEnd.Tests.Running;

/// <summary>Node.js and the npm packages of <c>tests/conformance</c>.</summary>
internal static class Node
{
    public static void SkipUnlessUsable()
    {
        Assert.SkipUnless(IsOnPath(), "node is not on PATH.");
        Assert.SkipUnless(Checkout.HasNodeModules, "The npm packages are not installed: run `npm ci` in tests/conformance.");
    }

    private static bool IsOnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));
}

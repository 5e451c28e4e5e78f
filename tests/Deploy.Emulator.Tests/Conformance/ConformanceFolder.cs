namespace Deploy.Emulator.Tests.Conformance;

/// <summary><c>tests/conformance</c>: the official npm clients, and the evidence of what clients exercised.</summary>
internal static class ConformanceFolder
{
    public static string Root { get; } = Path.Combine(Repository.Root, "tests", "conformance");

    public static void SkipWithoutNode()
    {
        Assert.SkipUnless(IsOnPath("node"), "node is not on PATH.");
        Assert.SkipUnless(File.Exists(Path.Combine(Root, "node_modules", ".package-lock.json")), "The npm packages are not installed: run `npm ci` in tests/conformance.");
    }

    public static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)));
}

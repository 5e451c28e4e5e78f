using Deploy.Cli.Terminal;

namespace Deploy.Cli.Composition;

/// <summary>Programs on PATH.</summary>
internal static class Executable
{
    /// <summary>The full path of a program; null when it is not on PATH.</summary>
    public static string? Find(Streams streams, string name) =>
        (streams.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => OperatingSystem.IsWindows() ? new[] { Path.Combine(folder, name + ".exe"), Path.Combine(folder, name + ".cmd") } : [Path.Combine(folder, name)])
            .FirstOrDefault(File.Exists);
}

using System.Runtime.InteropServices;
using Bench.Engine;

namespace Bench.Verify;

/// <summary>The program as pipelines run it: published for this platform with its runtime, compiled ahead of time as one.</summary>
internal sealed class Published : IDisposable
{
    private static readonly Dictionary<string, string?> BuildVariables = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_NOLOGO"] = "1",
    };

    private readonly DirectoryInfo _folder;

    private Published(DirectoryInfo folder) => _folder = folder;

    public const string Form = "`dotnet publish -r`, with its runtime, compiled ahead of time as one";

    public string Program => Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? "deploy.exe" : "deploy");

    public static async Task<Published> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-");
        await Stopped.RunAsync(Places.Root, BuildVariables, "dotnet", "publish", "src/Deploy.Cli", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder.FullName, "-v", "quiet", "-nologo");
        return new Published(folder);
    }

    public Task<Stopped> RunAsync(string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Stopped.RunAsync(folder, environment, Program, arguments);

    public void Dispose() => _folder.Delete(recursive: true);
}

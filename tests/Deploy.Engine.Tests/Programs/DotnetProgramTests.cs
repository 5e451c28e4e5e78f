using Deploy.Engine.Events;
using Deploy.Engine.Tests.Harness;

namespace Deploy.Engine.Tests.Programs;

public sealed class DotnetProgramTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task RunAsync_SourceNewerThanOutput_BuildsAndRunsWithTheEnvironmentOfTheContract()
    {
        File.WriteAllText(Path.Combine(_harness.Folder, "Program.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        WriteProgram("""System.Console.WriteLine("one " + System.Environment.GetEnvironmentVariable("PULUMI_DRY_RUN")); return 0;""");

        var first = (await RunAsync()).Succeeded();
        var built = BuiltAt();
        var second = (await RunAsync()).Succeeded();
        var unchanged = BuiltAt();
        WriteProgram("""System.Console.Error.WriteLine("two"); return 3;""");
        var third = await RunAsync();

        Assert.Equal(["one true"], Lines(first));
        Assert.Equal(["one true"], Lines(second));
        Assert.Equal(built, unchanged);
        Assert.Equal(["two"], Lines(third));
        Assert.Equal("the program ended with exit code 3", third.Result.Error!.Message);
    }

    [Fact]
    public async Task RunAsync_DoesNotCompile_GivesTheCompilersText()
    {
        File.WriteAllText(Path.Combine(_harness.Folder, "Program.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup></Project>");
        WriteProgram("nonsense");

        var run = await RunAsync();

        Assert.Equal(EngineErrors.ProgramNotStarted, run.Result.Error!.Definition);
        Assert.Contains("CS", run.Result.Error.Detail, StringComparison.Ordinal);
    }

    private Task<TestRun> RunAsync() => _harness.PreviewAsync(_ => Task.CompletedTask, request => request with
    {
        Project = request.Project with { Runtime = "dotnet" },
        Launcher = null,
    });

    private void WriteProgram(string text) => File.WriteAllText(Path.Combine(_harness.Folder, "Program.cs"), text);

    private DateTime BuiltAt() => File.GetLastWriteTimeUtc(Path.Combine(_harness.Folder, "bin", "Debug", "net10.0", "Program.dll"));

    private static IEnumerable<string> Lines(TestRun run) => run.Events.OfType<StandardOutputEvent>().Select(line => line.Line);
}

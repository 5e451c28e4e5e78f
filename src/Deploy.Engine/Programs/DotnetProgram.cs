using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;
using Deploy.Core;
using Deploy.Engine.Projects;

namespace Deploy.Engine.Programs;

/// <summary>Builds a .NET program when a source is newer than its output, and starts the built assembly.</summary>
internal sealed class DotnetProgram(Project project, string? binary)
{
    /// <summary>A build must not leave servers behind, and must not inherit the settings of a build that runs us.</summary>
    private static readonly Dictionary<string, string?> BuildEnvironment = new(StringComparer.Ordinal)
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,
        ["MSBUILD_EXE_PATH"] = null,
    };

    private static readonly string[] ProjectFiles = ["*.csproj", "*.fsproj", "*.vbproj"];

    private static readonly string[] OutputFolders = ["bin", "obj", "artifacts", "node_modules"];

    public async Task<ProcessPlan> PlanAsync(ProgramLaunch launch, CancellationToken cancellationToken)
    {
        var program = binary ?? project.RuntimeOptions.GetValueOrDefault("binary");
        var path = program is null
            ? await BuildAsync(launch, cancellationToken)
            : Path.GetFullPath(program, launch.ProgramDirectory);
        if (!File.Exists(path))
        {
            throw new DeployException(EngineErrors.ProgramNotStarted.With($"the program '{path}' does not exist"));
        }

        var isAssembly = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        return new()
        {
            FileName = isAssembly ? "dotnet" : path,
            Arguments = isAssembly ? [path] : [],
            WorkingDirectory = launch.ProgramDirectory,
            Environment = ProgramEnvironment.Create(launch),
        };
    }

    private async Task<string> BuildAsync(ProgramLaunch launch, CancellationToken cancellationToken)
    {
        var projectFile = FindProject(launch.ProgramDirectory);
        var target = (await DotnetAsync(["msbuild", projectFile, "-nologo", "-getProperty:TargetPath"], launch, "find the output of", cancellationToken)).Trim();
        if (!File.Exists(target) || NewestSource(projectFile, []) > File.GetLastWriteTimeUtc(target))
        {
            await DotnetAsync(["build", projectFile, "-nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"], launch, "build", cancellationToken);
            File.SetLastWriteTimeUtc(target, NewestSource(projectFile, [File.GetLastWriteTimeUtc(target)]));
        }

        return target;
    }

    private string FindProject(string folder)
    {
        var place = Path.GetFullPath(project.EntryPoint, folder);
        if (File.Exists(place))
        {
            return place;
        }

        var found = ProjectFiles.SelectMany(pattern => Directory.GetFiles(place, pattern)).ToList();
        return found.Count == 1 ? found[0] : throw new DeployException(EngineErrors.ProgramNotStarted.With(
            $"{place} holds {found.Count} project files; a program's folder holds exactly one"));
    }

    private static async Task<string> DotnetAsync(string[] arguments, ProgramLaunch launch, string purpose, CancellationToken cancellationToken)
    {
        var output = new ConcurrentQueue<string>();
        var environment = new Dictionary<string, string?>(BuildEnvironment, StringComparer.Ordinal);
        foreach (var (name, value) in launch.Environment)
        {
            environment[name] = value;
        }

        var plan = new ProcessPlan { FileName = "dotnet", Arguments = arguments, WorkingDirectory = launch.ProgramDirectory, Environment = environment };
        var exitCode = await ProgramProcess.RunAsync(plan, (line, _) => output.Enqueue(line), cancellationToken);
        var text = string.Join('\n', output);
        return exitCode == 0 ? text : throw new DeployException(EngineErrors.ProgramNotStarted.With(
            $"dotnet could not {purpose} {arguments[1]} (exit code {exitCode})", detail: text));
    }

    /// <summary>When anything that goes into the program was last changed: its folder and those of the projects it refers to.</summary>
    private static DateTime NewestSource(string projectFile, DateTime[] others)
    {
        var newest = others.Append(DateTime.MinValue).Max();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([Path.GetFullPath(projectFile)]);
        while (open.TryPop(out var file))
        {
            if (!seen.Add(file) || !File.Exists(file))
            {
                continue;
            }

            newest = Sources(new DirectoryInfo(Path.GetDirectoryName(file)!)).Select(source => source.LastWriteTimeUtc).Append(newest).Max();
            References(file).ForEach(open.Push);
        }

        return newest;
    }

    private static IEnumerable<FileInfo> Sources(DirectoryInfo folder) => folder.EnumerateFiles().Concat(
        folder.EnumerateDirectories().Where(child => !OutputFolders.Contains(child.Name) && !child.Name.StartsWith('.')).SelectMany(Sources));

    private static List<string> References(string projectFile)
    {
        try
        {
            return [.. XDocument.Load(projectFile).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")?.Value).OfType<string>()
                .Select(path => Path.GetFullPath(path.Replace('\\', '/'), Path.GetDirectoryName(projectFile)!))];
        }
        catch (XmlException exception)
        {
            throw new DeployException(EngineErrors.ProgramNotStarted.With($"{projectFile} is not a project file: {exception.Message}"), exception);
        }
    }
}

using System.Globalization;
using Deploy.Engine.Programs;
using Deploy.Engine.Projects;

namespace Bench.Engine;

/// <summary>One program to run: a graph of <paramref name="Count"/> resources in chains, written against the npm or the slim SDK.</summary>
/// <param name="Language"><c>npm</c> or <c>slim</c>.</param>
/// <param name="Count">Number of resources.</param>
/// <param name="Folder">A folder of the run's own; holds state and, for npm, the program.</param>
internal sealed record Workload(string Language, int Count, string Folder)
{
    public Project Project { get; } = new()
    {
        Name = "bench",
        Runtime = Language switch
        {
            "npm" => "nodejs",
            "slim" => "dotnet",
            _ => throw new ArgumentException($"'{Language}' is neither npm nor slim"),
        },
        RuntimeOptions = new Dictionary<string, string> { ["typescript"] = "false" },
        RootDirectory = Folder,
        ProgramDirectory = Folder,
        StackConfigDirectory = Folder,
    };

    public StackConfig Config { get; } = StackConfig.Empty with
    {
        Values = new Dictionary<string, string> { ["bench:count"] = Count.ToString(CultureInfo.InvariantCulture) },
    };

    public ProjectProgramLauncher Launcher => new(Project, Places.SlimProgram);

    public static Workload Of(string language, string count, string folder) => new(language, int.Parse(count, CultureInfo.InvariantCulture), folder);

    /// <summary>Puts the program where it is run from.</summary>
    public void Prepare()
    {
        if (Language == "npm")
        {
            foreach (var file in Directory.EnumerateFiles(Places.NpmProgram))
            {
                File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
            }

            Directory.CreateSymbolicLink(Path.Combine(Folder, "node_modules"), Places.NodeModules);
        }
    }
}

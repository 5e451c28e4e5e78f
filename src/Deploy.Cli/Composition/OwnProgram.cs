using Deploy.Engine.Projects;

namespace Deploy.Cli.Composition;

/// <summary>The Pulumi program of this repository, which is built together with this one.</summary>
internal static class OwnProgram
{
    public const string ProjectFile = "Infra.csproj";

    /// <summary>The built program when the project is that of the repository this program was built in; else null, and the engine builds what it finds.</summary>
    public static string? BinaryFor(Project project)
    {
        // .../artifacts/bin/Deploy.Cli/<configuration>/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var binaries = own.Parent?.Parent;
        var repository = binaries?.Parent?.Parent?.FullName;
        var program = binaries is null ? null : Path.Combine(binaries.FullName, "Infra", own.Name, "Infra.dll");
        return repository is not null
            && string.Equals(Path.TrimEndingDirectorySeparator(project.ProgramDirectory), Path.Combine(repository, "infra"), StringComparison.Ordinal)
            && File.Exists(program) ? program : null;
    }
}

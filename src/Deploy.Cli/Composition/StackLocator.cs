using Deploy.Core;
using Deploy.Engine.Projects;
using Deploy.Engine.State;

namespace Deploy.Cli.Composition;

/// <summary>Finds the project and the stack that a command is about.</summary>
internal static class StackLocator
{
    public const string DefaultStack = "local";

    public const string ProjectFile = "Pulumi.yaml";

    /// <summary>The project of the working folder or of a folder above it; else the repository that this program was built in.</summary>
    /// <exception cref="DeployException">There is none.</exception>
    /// <exception cref="FaultsException">Its file is not valid.</exception>
    public static Project FindProject(CommandContext context)
    {
        var folder = FindProjectFolder(context);
        if (folder is null)
        {
            throw new DeployException(CliErrors.NoProject.With($"There is no {ProjectFile} in {StartOf(context)} or above it."));
        }

        var read = ProjectReader.ReadProject(folder);
        return read.Value ?? throw new FaultsException(read.Errors);
    }

    /// <summary>The folder of that project; null when there is none.</summary>
    public static string? FindProjectFolder(CommandContext context)
    {
        var folder = Upwards(StartOf(context)).FirstOrDefault(HasProject);
        return folder is null && context.Global.Cwd is null ? Upwards(AppContext.BaseDirectory).FirstOrDefault(HasProject) : folder;
    }

    /// <summary>The stack that the user means, whether it exists or not.</summary>
    public static string NameOf(CommandContext context) => context.Global.Stack ?? context.Streams.Variable("PULUMI_STACK") ?? DefaultStack;

    public static FileBackend OpenBackend(CommandContext context, Project project) =>
        FileBackend.Open(context.Streams.Variable("PULUMI_BACKEND_URL") ?? project.BackendUrl, project.RootDirectory, context.Streams.TimeProvider);

    /// <summary>The stack the user means; it exists when its settings file does.</summary>
    /// <exception cref="DeployException">The name is not one, or there is no such stack.</exception>
    public static StackName FindStack(CommandContext context, Project project)
    {
        var text = NameOf(context);
        var known = ProjectReader.StackFiles(project);
        if (StackName.TryParse(text) is { } name && known.Contains(name.Value, StringComparer.Ordinal))
        {
            return name;
        }

        var folder = Path.GetRelativePath(project.RootDirectory, project.StackConfigDirectory);
        throw new DeployException(CliErrors.StackUnknown.With(known.Count == 0
            ? $"There is no stack '{text}': no settings file Pulumi.<name>.yaml in {folder}."
            : $"There is no stack '{text}'. Known stacks: {string.Join(", ", known)}."));
    }

    private static string StartOf(CommandContext context) => Path.GetFullPath(context.Global.Cwd ?? ".", context.Streams.WorkingDirectory);

    private static bool HasProject(string folder) => File.Exists(Path.Combine(folder, ProjectFile));

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }
}

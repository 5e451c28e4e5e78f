using System.Text.RegularExpressions;
using Deploy.Core;
using Deploy.Engine.State;
using YamlDotNet.RepresentationModel;

namespace Deploy.Engine.Projects;

/// <summary>Reads <c>Pulumi.yaml</c> and stack files. Every fault at once, each beginning with <c>file:line:column</c>.</summary>
public static partial class ProjectReader
{
    private const string FileName = "Pulumi.yaml";

    /// <summary>Reads the <c>Pulumi.yaml</c> of a folder.</summary>
    public static Read<Project> ReadProject(string directory)
    {
        var root = Path.GetFullPath(directory);
        var path = Path.Combine(root, FileName);
        if (!File.Exists(path))
        {
            return new() { Errors = [EngineErrors.ProjectMissing.With($"{root} has no {FileName}")] };
        }

        var file = YamlFile.Read(path, FileName, EngineErrors.ProjectInvalid);
        if (file.Errors.Count > 0)
        {
            return new() { Errors = file.Errors };
        }

        var name = ReadName(file);
        var (runtime, options) = ReadRuntime(file);
        var (programDirectory, entryPoint) = ReadMain(file, root);
        var configNode = YamlFile.Find(file.Root, "config");

        // A plain text under 'config' is the former spelling of stackConfigDir.
        var stackDirectory = file.Text(file.Root, "stackConfigDir") ?? (configNode as YamlScalarNode)?.Value ?? "";
        var project = new Project
        {
            Name = name,
            Runtime = runtime,
            RuntimeOptions = options,
            RootDirectory = root,
            ProgramDirectory = programDirectory,
            EntryPoint = entryPoint,
            Description = file.Text(file.Root, "description") ?? "",
            StackConfigDirectory = Path.GetFullPath(stackDirectory, root),
            Config = configNode is YamlMappingNode declarations ? ConfigSchemaReader.Read(file, declarations, name) : new Dictionary<string, ConfigDeclaration>(),
            BackendUrl = YamlFile.Find(file.Root, "backend") is YamlMappingNode backend ? file.Text(backend, "url") : null,
        };
        return file.Errors.Count > 0 ? new() { Errors = file.Errors } : new() { Value = project };
    }

    /// <summary>Names of the stacks that have a settings file, in order.</summary>
    public static IReadOnlyList<string> StackFiles(Project project) => !Directory.Exists(project.StackConfigDirectory)
        ? []
        : [.. Directory.EnumerateFiles(project.StackConfigDirectory, "Pulumi.*.yaml")
            .Select(path => Path.GetFileName(path)["Pulumi.".Length..^".yaml".Length]).Where(name => name.Length > 0).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Reads a stack's settings, checks them against the project's declarations, and decrypts what is encrypted (the secrets provider is asked only then).
    /// A stack without a settings file has the project's defaults.
    /// </summary>
    /// <exception cref="DeployException">An encrypted value cannot be decrypted.</exception>
    public static Read<StackConfig> ReadStackConfig(Project project, string stack, ISecretsProvider secrets) => new StackConfigReader(project, stack, secrets).Read();

    /// <summary><c>encryptionsalt</c> of a stack's settings file; null when there is none.</summary>
    public static string? ReadEncryptionSalt(Project project, string stack)
    {
        var path = project.StackFile(stack);
        return File.Exists(path) && YamlFile.Read(path, path, EngineErrors.StackFileInvalid) is { Errors.Count: 0 } file ? file.Text(file.Root, "encryptionsalt") : null;
    }

    private static string ReadName(YamlFile file)
    {
        var name = file.Text(file.Root, "name") ?? "";
        if (!ProjectName().IsMatch(name))
        {
            file.Fault(YamlFile.Find(file.Root, "name") ?? file.Root, "'name' must be 1 to 100 letters, digits, '-', '_' or '.'");
        }

        return name;
    }

    private static (string Runtime, IReadOnlyDictionary<string, string> Options) ReadRuntime(YamlFile file)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (YamlFile.Find(file.Root, "runtime"))
        {
            case YamlScalarNode { Value: { Length: > 0 } name }:
                return (name, options);
            case YamlMappingNode map when file.Text(map, "name") is { Length: > 0 } name:
                foreach (var (key, value) in YamlFile.Find(map, "options") as YamlMappingNode ?? [])
                {
                    options[((YamlScalarNode)key).Value ?? ""] = value is YamlScalarNode scalar ? scalar.Value ?? "" : StackConfigReader.ToJson(value)?.ToJsonString() ?? "";
                }

                return (name, options);
            case var other:
                file.Fault(other ?? file.Root, "'runtime' must be the name of a runtime, or a mapping with 'name' and 'options'");
                return ("", options);
        }
    }

    private static (string Directory, string EntryPoint) ReadMain(YamlFile file, string root)
    {
        var main = Path.GetFullPath(file.Text(file.Root, "main") ?? ".", root);
        return File.Exists(main) ? (Path.GetDirectoryName(main)!, Path.GetFileName(main)) : (main, ".");
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,100}$")]
    private static partial Regex ProjectName();
}

/// <summary>What was read, or everything that is wrong with it.</summary>
public sealed record Read<T>
    where T : class
{
    /// <summary>Null when there are errors.</summary>
    public T? Value { get; init; }

    public IReadOnlyList<DeployError> Errors { get; init; } = [];
}

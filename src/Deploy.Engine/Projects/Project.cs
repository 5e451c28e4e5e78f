namespace Deploy.Engine.Projects;

/// <summary>What <c>Pulumi.yaml</c> says.</summary>
public sealed record Project
{
    public required string Name { get; init; }

    /// <summary><c>dotnet</c> or <c>nodejs</c>; others are refused when the program is run.</summary>
    public required string Runtime { get; init; }

    public IReadOnlyDictionary<string, string> RuntimeOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder of <c>Pulumi.yaml</c>, absolute.</summary>
    public required string RootDirectory { get; init; }

    /// <summary>Folder in which the program runs, absolute.</summary>
    public required string ProgramDirectory { get; init; }

    /// <summary>What to run inside <see cref="ProgramDirectory"/>: <c>.</c> or a file name.</summary>
    public string EntryPoint { get; init; } = ".";

    public string Description { get; init; } = "";

    /// <summary>Folder of the stack files, absolute.</summary>
    public required string StackConfigDirectory { get; init; }

    /// <summary>The declared configuration, by full key (<c>namespace:key</c>).</summary>
    public IReadOnlyDictionary<string, ConfigDeclaration> Config { get; init; } = new Dictionary<string, ConfigDeclaration>();

    /// <summary><c>backend.url</c>; null when not set.</summary>
    public string? BackendUrl { get; init; }

    /// <summary>The file of a stack's settings.</summary>
    public string StackFile(string stack) => Path.Combine(StackConfigDirectory, $"Pulumi.{stack}.yaml");
}

public enum ConfigType
{
    Any,
    String,
    Integer,
    Boolean,
    Array,
    Object,
}

/// <summary>One entry of <c>config</c> in <c>Pulumi.yaml</c>.</summary>
public sealed record ConfigDeclaration
{
    public required ConfigType Type { get; init; }

    /// <summary>Type of the items of an array; null for others.</summary>
    public ConfigDeclaration? Items { get; init; }

    public string Description { get; init; } = "";

    public bool Secret { get; init; }

    /// <summary>Value as program text when the stack sets none; null when there is none.</summary>
    public string? Default { get; init; }

    /// <summary>1-based line in <c>Pulumi.yaml</c>.</summary>
    public int Line { get; init; }
}

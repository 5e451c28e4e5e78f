using Deploy.Core;

namespace Deploy.Engine.Projects;

/// <summary>Reads <c>Pulumi.yaml</c> and stack files. Every fault at once, each beginning with <c>file:line:column</c>.</summary>
public static class ProjectReader
{
    /// <summary>Reads the <c>Pulumi.yaml</c> of a folder.</summary>
    public static Read<Project> ReadProject(string directory) => throw new NotImplementedException();

    /// <summary>Names of the stacks that have a settings file, in order.</summary>
    public static IReadOnlyList<string> StackFiles(Project project) => throw new NotImplementedException();

    /// <summary>
    /// Reads a stack's settings, checks them against the project's declarations, and decrypts what is encrypted (the secrets provider is asked only then).
    /// A stack without a settings file has the project's defaults.
    /// </summary>
    public static Read<StackConfig> ReadStackConfig(Project project, string stack, State.ISecretsProvider secrets) => throw new NotImplementedException();

    /// <summary><c>encryptionsalt</c> of a stack's settings file; null when there is none.</summary>
    public static string? ReadEncryptionSalt(Project project, string stack) => throw new NotImplementedException();
}

/// <summary>What was read, or everything that is wrong with it.</summary>
public sealed record Read<T>
    where T : class
{
    /// <summary>Null when there are errors.</summary>
    public T? Value { get; init; }

    public IReadOnlyList<DeployError> Errors { get; init; } = [];
}

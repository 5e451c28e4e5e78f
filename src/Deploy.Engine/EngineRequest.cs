using Deploy.Engine.Programs;
using Deploy.Engine.Projects;
using Deploy.Engine.State;

namespace Deploy.Engine;

public enum EngineOperation
{
    Preview,
    Update,
    Destroy,

    /// <summary>Plans a destroy.</summary>
    PreviewDestroy,

    /// <summary>Reads every managed resource and takes what the cloud says into the state. The program is not run, and nothing is changed in the cloud.</summary>
    Refresh,

    /// <summary>Finds what a refresh would take over.</summary>
    PreviewRefresh,
}

public static class EngineOperations
{
    /// <summary>Whether the operation only finds out what another one would do.</summary>
    public static bool IsPreview(this EngineOperation operation) =>
        operation is EngineOperation.Preview or EngineOperation.PreviewDestroy or EngineOperation.PreviewRefresh;
}

/// <summary>One run of the engine.</summary>
public sealed record EngineRequest
{
    public required EngineOperation Operation { get; init; }

    public required Project Project { get; init; }

    /// <summary>The stack's place in the backend; names the stack.</summary>
    public required StackStore Stack { get; init; }

    /// <summary>Configuration of the stack, decrypted.</summary>
    public required StackConfig Config { get; init; }

    /// <summary>Encrypts and decrypts secrets in state; asked only when there is a secret.</summary>
    public required ISecretsProvider Secrets { get; init; }

    /// <summary>
    /// Makes a secrets provider for another stack that the program refers to, by that stack's name; null refuses references to stacks with secrets.
    /// </summary>
    public Func<string, ISecretsProvider>? OtherStackSecrets { get; init; }

    /// <summary>How many steps may run at the same time; at least 1.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>
    /// Refuse when the plan holds a change. An update or destroy then plans first, and touches nothing when the plan holds one.
    /// </summary>
    public bool ExpectNoChanges { get; init; }

    /// <summary>Take what the cloud says into the state first; in a preview into the plan only. Drift that is found is then corrected by the run.</summary>
    public bool RefreshFirst { get; init; }

    /// <summary>
    /// URNs of the only resources to touch; <c>*</c> stands for any text without a colon, <c>**</c> for any text. Empty means all. Components, the stack and
    /// providers always take part. A pattern that matches nothing is an error.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>URNs of resources to replace even when nothing about them has changed; patterns as in <see cref="Targets"/>.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>Variables for the program on top of this process's environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> ProgramEnvironment { get; init; } = new Dictionary<string, string?>();

    /// <summary>A built program to run instead of building the project's; null builds when sources are newer than the output.</summary>
    public string? ProgramBinary { get; init; }

    /// <summary>Runs the program; null launches what the project's runtime says.</summary>
    public IProgramLauncher? Launcher { get; init; }

    /// <summary>What must have succeeded before anything is done that the program asks for; the program starts meanwhile. When it fails, the run ends with nothing done.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    /// <summary>Kept in the history.</summary>
    public string Message { get; init; } = "";

    public string Organization { get; init; } = "organization";
}

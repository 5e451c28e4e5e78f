namespace Deploy.Engine.State;

/// <summary>A place where stacks are kept, in the layout of Pulumi's file backend: everything under <c>.pulumi/</c> of one folder.</summary>
public sealed class FileBackend
{
    private readonly TimeProvider _time;

    private FileBackend(string directory, TimeProvider time) => (Directory, _time) = (directory, time);

    /// <summary>The folder that holds <c>.pulumi/</c>, absolute.</summary>
    public string Directory { get; }

    /// <summary>The backend's URL, <c>file://</c> and the folder.</summary>
    public string Url => $"file://{Directory}";

    /// <summary>
    /// Opens a backend. <paramref name="url"/> is the value of <c>PULUMI_BACKEND_URL</c>: <c>file://</c> with an absolute, a relative or a <c>~</c> path;
    /// null or empty means <c>.deploy/state</c> in <paramref name="projectDirectory"/>. Nothing is written before the first stack is.
    /// </summary>
    /// <exception cref="Deploy.Core.DeployException">The URL is of a kind that is not supported.</exception>
    public static FileBackend Open(string? url, string projectDirectory, TimeProvider time) => throw new NotImplementedException();

    /// <summary>The stacks of a project that have state, by name.</summary>
    public IReadOnlyList<StackListing> ListStacks(string project) => throw new NotImplementedException();

    /// <summary>The place of one stack, whether it has state yet or not.</summary>
    public StackStore Stack(string project, string stack) => throw new NotImplementedException();
}

/// <summary>One stack of a list.</summary>
public sealed record StackListing
{
    public required string Name { get; init; }

    /// <summary>When the state was last written; null when there is only a journal.</summary>
    public required DateTimeOffset? LastUpdate { get; init; }

    public required int ResourceCount { get; init; }

    /// <summary>Whether a run holds the stack, or a killed run left a journal.</summary>
    public required bool UpdateInProgress { get; init; }
}

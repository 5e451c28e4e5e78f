using System.Text;
using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Engine.State;

/// <summary>A place where stacks are kept, in the layout of Pulumi's file backend: everything under <c>.pulumi/</c> of one folder.</summary>
public sealed class FileBackend
{
    private const string Scheme = "file://";

    private readonly TimeProvider _time;

    private FileBackend(string directory, TimeProvider time) => (Directory, _time) = (directory, time);

    /// <summary>The folder that holds <c>.pulumi/</c>, absolute.</summary>
    public string Directory { get; }

    /// <summary>The backend's URL, <c>file://</c> and the folder.</summary>
    public string Url => Scheme + Directory;

    private string Root => Path.Combine(Directory, ".pulumi");

    /// <summary>
    /// Opens a backend. <paramref name="url"/> is the value of <c>PULUMI_BACKEND_URL</c>: <c>file://</c> with an absolute, a relative or a <c>~</c> path;
    /// null or empty means <c>.deploy/state</c> in <paramref name="projectDirectory"/>. Nothing is written before the first stack is.
    /// </summary>
    /// <exception cref="DeployException">The URL is of a kind that is not supported.</exception>
    public static FileBackend Open(string? url, string projectDirectory, TimeProvider time)
    {
        if (string.IsNullOrEmpty(url))
        {
            return new(Path.Combine(Path.GetFullPath(projectDirectory), ".deploy", "state"), time);
        }

        if (!url.StartsWith(Scheme, StringComparison.Ordinal))
        {
            var scheme = url.Split("://")[0];
            throw new DeployException(EngineErrors.BackendUnsupported.With($"backend '{scheme}' is not supported by the embedded engine; it keeps state in a folder (file://)"));
        }

        var path = url[Scheme.Length..].Split('?')[0];
        if (path is "~" || path.StartsWith("~/", StringComparison.Ordinal))
        {
            path = Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..]);
        }

        return new(Path.GetFullPath(path, Path.GetFullPath(projectDirectory)), time);
    }

    /// <summary>The stacks of a project that have state, by name.</summary>
    public IReadOnlyList<StackListing> ListStacks(string project)
    {
        var folder = Path.Combine(Root, "stacks", project);
        if (!System.IO.Directory.Exists(folder))
        {
            return [];
        }

        var names = System.IO.Directory.EnumerateFiles(folder)
            .Where(path => Path.GetExtension(path) is ".json" or StackPaths.JournalExtension && !Path.GetFileName(path).StartsWith('.'))
            .Select(path => Path.GetFileNameWithoutExtension(path));
        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => Stack(project, name).List())];
    }

    /// <summary>The place of one stack, whether it has state yet or not.</summary>
    public StackStore Stack(string project, string stack) => new(new StackPaths(Root, project, stack), _time, Prepare);

    private void Prepare()
    {
        // Only our own folder hides itself from git; a folder the user named is the user's.
        if (Path.GetFileName(Path.GetDirectoryName(Directory)) == ".deploy")
        {
            AtomicFile.EnsureOwnFolder(Path.GetDirectoryName(Directory)!);
        }

        var meta = Path.Combine(Root, "meta.yaml");
        if (!File.Exists(meta))
        {
            AtomicFile.Write(meta, Encoding.ASCII.GetBytes("version: 1\n"), replace: false);
        }
    }
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

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>One stack's place in a backend: its state, journal, lock and history.</summary>
public sealed class StackStore
{
    private static readonly JsonWriterOptions Indented = new() { Encoder = PropertyJson.Relaxed.Encoder, Indented = true, IndentSize = 4 };

    private static readonly string[] PackedSuffixes = [".gz", ".zst"];

    private readonly StackPaths _paths;
    private readonly TimeProvider _time;
    private readonly Action _prepare;

    internal StackStore(StackPaths paths, TimeProvider time, Action prepare) => (_paths, _time, _prepare) = (paths, time, prepare);

    public string Project => _paths.Project;

    public string Name => _paths.Stack;

    /// <summary>Whether the stack has state (or a journal of a killed run).</summary>
    public bool Exists => File.Exists(_paths.Checkpoint) || File.Exists(_paths.JournalFile);

    /// <summary>Whether a run that may be alive holds the stack.</summary>
    public bool IsLocked => StackLock.IsHeld(_paths.Locks);

    /// <summary>The salt its secrets were encrypted with; null when there is none.</summary>
    public string? Salt
    {
        get
        {
            var salt = ReadCheckpoint().Deployment is { } deployment ? DeploymentJson.SaltOf(deployment) : null;
            return salt ?? (File.Exists(_paths.JournalFile) ? Journal.SaltOf(_paths.JournalFile) : null);
        }
    }

    internal bool HasJournal => File.Exists(_paths.JournalFile);

    internal StackPaths Paths => _paths;

    /// <summary>Another stack of the same backend.</summary>
    internal StackStore Other(string project, string stack) => new(_paths with { Project = project, Stack = stack }, _time, _prepare);

    /// <summary>Reads the state, with the journal of a killed run applied; null when the stack has none. Changes nothing.</summary>
    public Task<Snapshot?> LoadAsync(ISecretsProvider secrets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Load(secrets));
    }

    /// <summary>
    /// The deployment as <c>{version, deployment}</c>. Secrets stay encrypted, or are given in clear (<c>plaintext</c>) with <paramref name="showSecrets"/>. Null when there is no state.
    /// </summary>
    public Task<JsonObject?> ExportAsync(ISecretsProvider secrets, bool showSecrets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var checkpoint = ReadCheckpoint();
        if (!showSecrets && !File.Exists(_paths.JournalFile))
        {
            // As it is: no passphrase is needed to show what is encrypted.
            return Task.FromResult(checkpoint.Deployment is null ? null : Envelope((JsonObject)checkpoint.Deployment.DeepClone()));
        }

        var snapshot = Load(secrets);
        return Task.FromResult(snapshot is null ? null : Envelope(DeploymentJson.Write(snapshot, secrets, snapshot.Time ?? _time.GetUtcNow(), showSecrets)));
    }

    /// <summary>
    /// Puts an exported deployment (<c>{version, deployment}</c>) in the place of the state, which is kept among the backups. What is not sound is refused
    /// before anything is touched.
    /// </summary>
    /// <param name="export">The deployment; its secrets may be in clear (<c>plaintext</c>), and are encrypted then.</param>
    /// <param name="secrets">Opens the deployment's secrets; what it holds already (the settings file's salt) must be what the deployment was made with.</param>
    /// <param name="cancellationToken">Cancels before anything is touched.</param>
    /// <returns>The number of resources.</returns>
    /// <exception cref="DeployException">Unknown version, damaged state, another stack's resources, a wrong passphrase, or a run holds the stack.</exception>
    public Task<int> ImportAsync(JsonObject export, ISecretsProvider secrets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var snapshot = StateImport.Read(export, secrets, Project, Name);
        using var held = Lock();
        var now = _time.GetUtcNow();
        Backup(now);
        Save(snapshot, secrets, now);
        return Task.FromResult(snapshot.Resources.Count);
    }

    /// <summary>The stack's outputs; null when there is no state.</summary>
    public async Task<PropertyMap?> OutputsAsync(ISecretsProvider secrets, CancellationToken cancellationToken) =>
        (await LoadAsync(secrets, cancellationToken))?.StackOutputs;

    /// <summary>Removes the state, but not the history.</summary>
    /// <exception cref="DeployException">There are resources left and <paramref name="force"/> is false, or a run holds the stack.</exception>
    public Task RemoveAsync(bool force, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Exists)
        {
            throw new DeployException(EngineErrors.StackNotFound.With($"the stack '{Name}' has no state"));
        }

        using var held = StackLock.Take(_paths.Locks, Name, _time);
        var resources = List().ResourceCount;
        if (!force && (resources > 0 || File.Exists(_paths.JournalFile)))
        {
            throw new DeployException(EngineErrors.StackNotEmpty.With($"the stack '{Name}' still has {resources} resource(s)"));
        }

        DeleteState();
        return Task.CompletedTask;
    }

    /// <summary>Takes away every lock, whoever holds it; the number of locks that were there.</summary>
    public int Unlock() => StackLock.RemoveAll(_paths.Locks);

    internal StackListing List()
    {
        var checkpoint = ReadCheckpoint();
        return new()
        {
            Name = Name,
            LastUpdate = checkpoint.Deployment?["manifest"]?["time"]?.GetValue<DateTimeOffset>(),
            // As the summaries count: without default providers.
            ResourceCount = (checkpoint.Deployment?["resources"] as JsonArray)?.Count(resource => Urn.TryParse((string?)resource?["urn"]) is { } urn && !Execution.EventStream.IsDefaultProvider(urn)) ?? 0,
            UpdateInProgress = IsLocked || File.Exists(_paths.JournalFile),
        };
    }

    internal StackLock Lock()
    {
        _prepare();
        return StackLock.Take(_paths.Locks, Name, _time);
    }

    internal Snapshot? Load(ISecretsProvider secrets)
    {
        if (!Exists)
        {
            return null;
        }

        var checkpoint = ReadCheckpoint();
        var snapshot = checkpoint.Deployment is null ? Snapshot.Empty : DamagedState.Refuse(_paths.Checkpoint, () => DeploymentJson.Read(checkpoint.Deployment, secrets));
        if (File.Exists(_paths.JournalFile))
        {
            snapshot = DamagedState.Refuse(_paths.JournalFile, () => Journal.Replay(_paths.JournalFile, checkpoint.Hash, snapshot, secrets));
        }

        return SnapshotIntegrity.Find(snapshot) is { } fault ? throw new DeployException(fault) : snapshot;
    }

    /// <summary>Starts a journal on top of the checkpoint as it is.</summary>
    internal Journal StartJournal(ISecretsProvider secrets) => Journal.Start(_paths.JournalFile, ReadCheckpoint().Hash, secrets);

    /// <summary>Writes the checkpoint, keeps the one before, and only then takes the journal away.</summary>
    internal void Save(Snapshot snapshot, ISecretsProvider secrets, DateTimeOffset time) =>
        SaveAs(() => AtomicFile.Write(_paths.Checkpoint, stream => Write(stream, snapshot, secrets, time), ownerOnly: true));

    /// <summary>As <see cref="Save"/>, with a state that <see cref="Write"/> has written to another file.</summary>
    internal void SaveCopy(string file) => SaveAs(() => AtomicFile.Copy(file, _paths.Checkpoint));

    internal void Backup(DateTimeOffset time)
    {
        if (File.Exists(_paths.Checkpoint))
        {
            AtomicFile.Copy(_paths.Checkpoint, _paths.Backup(time));
        }
    }

    /// <summary>Writes a checkpoint resource by resource: a large stack is never in memory as text.</summary>
    internal void Write(Stream stream, Snapshot snapshot, ISecretsProvider secrets, DateTimeOffset time)
    {
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", DeploymentJson.Version);
            writer.WriteStartObject("checkpoint");
            writer.WriteString("stack", $"organization/{Project}/{Name}");
            writer.WritePropertyName("latest");
            DeploymentJson.Write(writer, snapshot, secrets, time);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Takes away everything but locks and history.</summary>
    internal void DeleteState()
    {
        DeleteJournal();
        foreach (var path in new[] { _paths.Checkpoint, _paths.PreviousCheckpoint, _paths.Tags })
        {
            File.Delete(path);
        }

        if (Directory.Exists(_paths.Backups))
        {
            Directory.Delete(_paths.Backups, recursive: true);
        }
    }

    private void SaveAs(Action writeCheckpoint)
    {
        _prepare();
        if (File.Exists(_paths.Checkpoint))
        {
            AtomicFile.Copy(_paths.Checkpoint, _paths.PreviousCheckpoint);
        }

        writeCheckpoint();
        DeleteJournal();
    }

    private void DeleteJournal()
    {
        if (File.Exists(_paths.JournalFile))
        {
            File.Delete(_paths.JournalFile);
            AtomicFile.SyncFolder(Path.GetDirectoryName(_paths.JournalFile)!);
        }
    }

    private (JsonObject? Deployment, string Hash) ReadCheckpoint()
    {
        if (!File.Exists(_paths.Checkpoint))
        {
            var packed = PackedSuffixes.Select(suffix => _paths.Checkpoint + suffix).FirstOrDefault(File.Exists);
            return packed is null ? (null, "") : throw new DeployException(EngineErrors.StateUnsupported.With($"{packed} is compressed; the embedded engine keeps plain files"));
        }

        var bytes = File.ReadAllBytes(_paths.Checkpoint);
        try
        {
            var file = JsonNode.Parse(bytes) as JsonObject;
            var version = file?["version"]?.GetValue<int>();
            if (version != DeploymentJson.Version)
            {
                throw new DeployException(EngineErrors.StateUnsupported.With($"{_paths.Checkpoint} has format version {version}; the embedded engine reads version {DeploymentJson.Version}"));
            }

            return (file!["checkpoint"]?["latest"] as JsonObject, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new DeployException(EngineErrors.StateInvalid.With($"{_paths.Checkpoint} is not a checkpoint: {exception.Message}"), exception);
        }
    }

    private static JsonObject Envelope(JsonObject deployment) => new() { ["version"] = DeploymentJson.Version, ["deployment"] = deployment };
}

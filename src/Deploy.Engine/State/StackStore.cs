using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>One stack's place in a backend: its state, journal, lock and history.</summary>
public sealed class StackStore
{
    internal StackStore(string project, string name) => (Project, Name) = (project, name);

    public string Project { get; }

    public string Name { get; }

    /// <summary>Whether the stack has state (or a journal of a killed run).</summary>
    public bool Exists => throw new NotImplementedException();

    /// <summary>The salt its secrets were encrypted with; null when there is none.</summary>
    public string? Salt => throw new NotImplementedException();

    /// <summary>Reads the state, with the journal of a killed run applied; null when the stack has none. Changes nothing.</summary>
    public Task<Snapshot?> LoadAsync(ISecretsProvider secrets, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// The deployment as <c>{version, deployment}</c>. Secrets stay encrypted, or are given in clear (<c>plaintext</c>) with <paramref name="showSecrets"/>. Null when there is no state.
    /// </summary>
    public Task<JsonObject?> ExportAsync(ISecretsProvider secrets, bool showSecrets, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The stack's outputs; null when there is no state.</summary>
    public Task<PropertyMap?> OutputsAsync(ISecretsProvider secrets, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes the state, but not the history.</summary>
    /// <exception cref="Deploy.Core.DeployException">There are resources left and <paramref name="force"/> is false, or a run holds the stack.</exception>
    public Task RemoveAsync(bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Takes away every lock, whoever holds it; the number of locks that were there.</summary>
    public int Unlock() => throw new NotImplementedException();
}

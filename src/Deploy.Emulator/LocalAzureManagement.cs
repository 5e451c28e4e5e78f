using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator;

/// <summary>The management API of a running local Azure, <c>/.local/</c>: what <c>deploy emulator</c> and tests ask and set.</summary>
public sealed class LocalAzureManagement(LocalAzureConnection connection)
{
    /// <summary>The resources, in the order of their ids: <c>{ resources: [{ id, type, name, location, apiVersion, provisioningState }] }</c>.</summary>
    /// <exception cref="DeployException">DEP6011 when the host does not answer; so do all of these.</exception>
    public Task<JsonObject> ResourcesAsync(CancellationToken cancellationToken) => GetAsync("resources", cancellationToken);

    /// <summary>The operations in progress: <c>{ operations: [{ id, kind, resource, startedAt, endsAt, status }] }</c>.</summary>
    public Task<JsonObject> OperationsAsync(CancellationToken cancellationToken) => GetAsync("operations", cancellationToken);

    /// <summary>The last requests, oldest first, as <c>requests.log</c> has them: <c>{ requests: [...] }</c>.</summary>
    /// <param name="last">How many, from 1 to 10,000.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public Task<JsonObject> RequestsAsync(int last, CancellationToken cancellationToken) => GetAsync(string.Create(CultureInfo.InvariantCulture, $"requests?last={last}"), cancellationToken);

    /// <summary>The fault rules with the number of their hits since the start: <c>{ rules: [...] }</c>.</summary>
    public Task<JsonObject> FaultsAsync(CancellationToken cancellationToken) => GetAsync("faults", cancellationToken);

    /// <summary>The last hits of fault rules: <c>{ hits: [{ rule, kind, time, method, path }] }</c>.</summary>
    public Task<JsonObject> FaultHitsAsync(CancellationToken cancellationToken) => GetAsync("faults/hits", cancellationToken);

    /// <summary>The clock: <c>{ now, speed, aheadSeconds }</c>.</summary>
    public Task<JsonObject> ClockAsync(CancellationToken cancellationToken) => GetAsync("clock", cancellationToken);

    /// <summary>Puts the clock forward, or sets its speed.</summary>
    /// <param name="advance">Such as <c>14d</c>; null for nothing.</param>
    /// <param name="speed">As <see cref="ClockSetting.Parse"/> reads it; null to leave it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The clock.</returns>
    /// <exception cref="DeployException">DEP6007.</exception>
    public Task<JsonObject> SetClockAsync(string? advance, string? speed, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        if (advance is not null)
        {
            body["advance"] = advance;
        }

        if (speed is not null)
        {
            body["speed"] = speed;
        }

        return StoreConnection.CallAsync(connection, HttpMethod.Post, "clock", body, cancellationToken);
    }

    /// <summary>The whole store as one document. It holds the keys of the endpoints.</summary>
    public Task<JsonObject> SnapshotAsync(CancellationToken cancellationToken) => GetAsync("snapshot", cancellationToken);

    /// <summary>Puts a snapshot in the place of everything in the store.</summary>
    /// <exception cref="DeployException">DEP6008; the store is as before.</exception>
    public Task RestoreAsync(JsonObject snapshot, CancellationToken cancellationToken) => StoreConnection.CallAsync(connection, HttpMethod.Post, "restore", snapshot, cancellationToken);

    private Task<JsonObject> GetAsync(string action, CancellationToken cancellationToken) => StoreConnection.CallAsync(connection, HttpMethod.Get, action, null, cancellationToken);
}

using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Engine.State;

/// <summary>Reads an exported deployment that is to become a stack's state, and refuses what would not work there.</summary>
internal static class StateImport
{
    public static Snapshot Read(JsonObject export, ISecretsProvider secrets, string project, string stack)
    {
        var snapshot = DamagedState.Refuse("the export", () => Read(export, secrets));
        return Fault(snapshot, project, stack) is { } fault ? throw new DeployException(fault) : snapshot;
    }

    private static Snapshot Read(JsonObject export, ISecretsProvider secrets)
    {
        var version = export["version"]?.GetValue<int>();
        if (version != DeploymentJson.Version)
        {
            throw new DeployException(EngineErrors.StateUnsupported.With(
                $"the export has format version {version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "(none)"}; the embedded engine reads version {DeploymentJson.Version}"));
        }

        var deployment = export["deployment"] as JsonObject ?? throw new DeployException(EngineErrors.StateInvalid.With("the export has no 'deployment'"));
        return DeploymentJson.Read(deployment, secrets);
    }

    private static DeployError? Fault(Snapshot snapshot, string project, string stack)
    {
        var all = snapshot.Resources.Concat(snapshot.PendingOperations.Select(pending => pending.Resource));
        return all.FirstOrDefault(resource => resource.Urn.Stack != stack || resource.Urn.Project != project) is { } foreign
            ? EngineErrors.StateInvalid.With($"{foreign.Urn} belongs to the stack '{foreign.Urn.Stack}' of project '{foreign.Urn.Project}', not to '{stack}' of '{project}'", "Import it into its own stack.")
            : SnapshotIntegrity.Find(snapshot);
    }
}

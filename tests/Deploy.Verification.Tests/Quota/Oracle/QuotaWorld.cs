using Deploy.Core;

namespace Deploy.Verification.Tests.Quota.Oracle;

/// <summary>A subscription and what is really in it, known to the oracle in full; the report sees what the control plane tells of it.</summary>
internal sealed record QuotaWorld
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";
    public const string Location = "eastus2";

    public required IReadOnlyList<WorldFamily> Families { get; init; }

    /// <summary>The pool that all families share; null where there is none.</summary>
    public required WorldPool? Total { get; init; }

    public required IReadOnlyList<WorldEnvironment> Environments { get; init; }

    /// <summary>Online endpoints of others in the location, and deployments behind them.</summary>
    public required int OtherEndpoints { get; init; }

    public required int OtherDeployments { get; init; }

    /// <summary>Serverless endpoints in the environments' projects that no state holds: workspace and model.</summary>
    public required IReadOnlyList<(string Workspace, string Model)> Strangers { get; init; }

    public required Telling Telling { get; init; }

    public static string Workspace(string stack, string project) =>
        $"/subscriptions/{Subscription}/resourceGroups/rg-{stack}/providers/Microsoft.MachineLearningServices/workspaces/{project}1a2b3c4d";
}

/// <summary>What may be taken of something; a limit of null is none.</summary>
internal sealed record WorldPool(long Used, long? Limit);

/// <param name="Words">The family's name in pieces, as spellings part them: NCADS, A100, v4.</param>
internal sealed record WorldFamily(string Id, IReadOnlyList<string> Words, WorldPool Pool);

/// <param name="IsListed">Whether the toolkit's catalog has it.</param>
/// <param name="IsOffered">Whether the location's list of sizes has it.</param>
internal sealed record WorldSize(string Name, string Family, int Cores, bool IsExempt, bool IsListed, bool IsOffered);

internal sealed record WorldEnvironment(StackName Stack, IReadOnlyList<WorldEndpoint> Endpoints, IReadOnlyList<WorldServerless> Serverless, IReadOnlyList<WorldServerless> Leftovers);

/// <param name="Name">In Azure.</param>
/// <param name="Running">What is behind it now; null when the endpoint itself is not there.</param>
internal sealed record WorldEndpoint(string Project, string Setting, string Name, WorldSize Size, int Instances, string Model, string Version, IReadOnlyList<WorldDeployment>? Running);

/// <param name="StateNamesModel">Whether the state says which model it carries.</param>
internal sealed record WorldDeployment(string Name, WorldSize Size, int Instances, string Model, string Version, bool StateNamesModel);

/// <param name="HeldModel">The model it has now; null when it is not there.</param>
internal sealed record WorldServerless(string Project, string Setting, string Name, string Model, string? HeldModel);

/// <summary>How the control plane answers.</summary>
internal sealed record Telling
{
    /// <summary>Whether the caller may see the whole subscription, or only the environments' own resource groups.</summary>
    public required bool SeesSubscription { get; init; }

    /// <summary>Status of each list: usages, sizes, online endpoints, deployments, serverless; 200 for none wrong.</summary>
    public required int Usages { get; init; }

    public required int Sizes { get; init; }

    public required int Endpoints { get; init; }

    public required int Deployments { get; init; }

    public required int Serverless { get; init; }

    /// <summary>Status of reading a stranger.</summary>
    public required int Stranger { get; init; }

    /// <summary>Whether the list of usages is empty, with status 200.</summary>
    public required bool UsagesAreEmpty { get; init; }

    /// <summary>Families whose row is left out.</summary>
    public required IReadOnlySet<string> Missing { get; init; }

    /// <summary>How many of the others' endpoints come without a place.</summary>
    public required int Placeless { get; init; }

    public bool IsComplete => SeesSubscription && !UsagesAreEmpty && Missing.Count == 0 && Placeless == 0
        && (Usages, Sizes, Endpoints, Deployments, Serverless, Stranger) == (200, 200, 200, 200, 200, 200);
}

using Deploy.Engine.Values;

namespace Deploy.Engine.Providers;

/// <summary>Told by a provider as soon as the service has accepted a long-running operation, before it begins to wait. The URL is on disk when the task ends.</summary>
public delegate Task OperationAccepted(Uri pollUrl);

public sealed record ConfigureRequest
{
    public required Urn Urn { get; init; }

    /// <summary>Configuration by name without the package, such as <c>location</c>; values are text (JSON for structured ones), without secret envelopes.</summary>
    public required PropertyMap Inputs { get; init; }

    /// <summary>Whether the run is a preview; unknown configuration can only occur then, and the provider is then not configured at all.</summary>
    public required bool Preview { get; init; }
}

public sealed record ConfigureResponse
{
    /// <summary>False: secrets arrive unwrapped and the engine marks the outputs of secret inputs again.</summary>
    public required bool AcceptsSecrets { get; init; }

    /// <summary>False: <see cref="IResourceProvider.CreateAsync"/> and <see cref="IResourceProvider.UpdateAsync"/> are not called in a preview.</summary>
    public required bool SupportsPreview { get; init; }
}

public sealed record CheckRequest
{
    public required Urn Urn { get; init; }

    /// <summary>Checked inputs of the resource as it is; empty when it is new or about to be replaced.</summary>
    public required PropertyMap OldInputs { get; init; }

    public required PropertyMap NewInputs { get; init; }

    /// <summary>32 bytes from which names are drawn.</summary>
    public required ReadOnlyMemory<byte> RandomSeed { get; init; }

    public required bool Preview { get; init; }
}

public sealed record CheckResponse
{
    public required PropertyMap Inputs { get; init; }

    public IReadOnlyList<CheckFailure> Failures { get; init; } = [];
}

/// <param name="Property">The path of the property; empty when the fault is not that of one property.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record CheckFailure(string Property, string Reason);

public sealed record DiffRequest
{
    public required Urn Urn { get; init; }

    public required string Id { get; init; }

    public required PropertyMap OldInputs { get; init; }

    public required PropertyMap OldOutputs { get; init; }

    public required PropertyMap NewInputs { get; init; }

    public IReadOnlyList<string> IgnoreChanges { get; init; } = [];
}

public enum DiffChanges
{
    /// <summary>The provider leaves it to the engine, which compares the inputs.</summary>
    Unknown,
    None,
    Some,
}

public enum DiffKind
{
    Add,
    AddReplace,
    Delete,
    DeleteReplace,
    Update,
    UpdateReplace,
}

/// <param name="InputDiff">Whether the difference is between inputs (else between an old output and a new input).</param>
public sealed record PropertyDiff(DiffKind Kind, bool InputDiff = true);

public sealed record DiffResponse
{
    public required DiffChanges Changes { get; init; }

    /// <summary>The properties that force a replacement.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>The outputs that stay what they are.</summary>
    public IReadOnlyList<string> Stables { get; init; } = [];

    /// <summary>The top-level properties that differ.</summary>
    public IReadOnlyList<string> Diffs { get; init; } = [];

    /// <summary>Differences by property path, such as <c>properties.sku[0].name</c>.</summary>
    public IReadOnlyDictionary<string, PropertyDiff> DetailedDiff { get; init; } = new Dictionary<string, PropertyDiff>();

    public bool DeleteBeforeReplace { get; init; }
}

public sealed record CreateRequest
{
    public required Urn Urn { get; init; }

    public required PropertyMap Inputs { get; init; }

    public required bool Preview { get; init; }

    /// <summary>Null: the provider's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>True when a killed run had begun exactly this creation: a resource that is there already is ours, and is brought to the wanted state instead of refused.</summary>
    public bool MayExist { get; init; }

    public OperationAccepted OnAccepted { get; init; } = static _ => Task.CompletedTask;
}

public sealed record CreateResponse
{
    /// <summary>The id; in a preview, empty when it is not known yet.</summary>
    public required string Id { get; init; }

    public required PropertyMap Outputs { get; init; }

    /// <summary>Why the resource exists but did not become usable; empty when it did. It is kept in state, the step fails, and the next run updates it.</summary>
    public IReadOnlyList<string> InitErrors { get; init; } = [];
}

public sealed record ReadRequest
{
    public required Urn Urn { get; init; }

    public required string Id { get; init; }

    /// <summary>The inputs and outputs in state; empty when nothing is known but the id.</summary>
    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;
}

public sealed record ReadResponse
{
    public required string Id { get; init; }

    public required PropertyMap Inputs { get; init; }

    public required PropertyMap Outputs { get; init; }
}

public sealed record UpdateRequest
{
    public required Urn Urn { get; init; }

    public required string Id { get; init; }

    public required PropertyMap OldInputs { get; init; }

    public required PropertyMap OldOutputs { get; init; }

    public required PropertyMap NewInputs { get; init; }

    public IReadOnlyList<string> IgnoreChanges { get; init; } = [];

    public required bool Preview { get; init; }

    public TimeSpan? Timeout { get; init; }

    public OperationAccepted OnAccepted { get; init; } = static _ => Task.CompletedTask;
}

public sealed record UpdateResponse
{
    public required PropertyMap Outputs { get; init; }

    /// <summary>As <see cref="CreateResponse.InitErrors"/>.</summary>
    public IReadOnlyList<string> InitErrors { get; init; } = [];
}

public sealed record DeleteRequest
{
    public required Urn Urn { get; init; }

    public required string Id { get; init; }

    public required PropertyMap Inputs { get; init; }

    public required PropertyMap Outputs { get; init; }

    public TimeSpan? Timeout { get; init; }

    public OperationAccepted OnAccepted { get; init; } = static _ => Task.CompletedTask;
}

public enum InterruptedOperation
{
    Create,
    Update,
    Delete,
}

public sealed record RecoverRequest
{
    public required Urn Urn { get; init; }

    public required InterruptedOperation Operation { get; init; }

    /// <summary>Null for a creation, whose id must be derived from the inputs.</summary>
    public string? Id { get; init; }

    /// <summary>The checked inputs of the interrupted operation.</summary>
    public required PropertyMap Inputs { get; init; }

    /// <summary>Where the accepted operation can be watched; null when it was not accepted, or not long-running.</summary>
    public Uri? PollUrl { get; init; }

    public TimeSpan? Timeout { get; init; }
}

public sealed record RecoverResponse
{
    public required string Id { get; init; }

    public required PropertyMap Outputs { get; init; }

    /// <summary>Why the resource is not usable; empty when it is.</summary>
    public IReadOnlyList<string> InitErrors { get; init; } = [];

    /// <summary>Whether it is certain that the operation was done with exactly these inputs. When not, the engine updates the resource.</summary>
    public required bool Completed { get; init; }
}

public sealed record InvokeRequest
{
    /// <summary>The function's token, such as <c>azure-native:authorization:getClientConfig</c>.</summary>
    public required string Token { get; init; }

    public required PropertyMap Args { get; init; }

    public required bool Preview { get; init; }
}

public sealed record InvokeResponse
{
    public required PropertyMap Return { get; init; }

    public IReadOnlyList<CheckFailure> Failures { get; init; } = [];
}

namespace Pulumi;

/// <summary>The stable name of a resource: <c>urn:pulumi:stack::project::parentType$type::name</c>.</summary>
/// <param name="value">The text of the URN.</param>
public readonly struct Urn(string value) : IEquatable<Urn>
{
    private readonly string _value = value;

    /// <summary>The text of the URN.</summary>
    public static implicit operator string(Urn value) => value._value;

    /// <summary>Whether both name the same resource.</summary>
    public static bool operator ==(Urn left, Urn right) => left.Equals(right);

    /// <summary>Whether they name different resources.</summary>
    public static bool operator !=(Urn left, Urn right) => !left.Equals(right);

    /// <summary>Computes the URN that a resource has, or had. Project and stack default to the running ones.</summary>
    public static Output<string> Create(
        Input<string> name, Input<string> type, Resource? parent = null, Input<string>? parentUrn = null, Input<string>? project = null, Input<string>? stack = null)
    {
        // The engine leaves the stack out of the types in a URN.
        parent = parent is Stack ? null : parent;
        var parentPrefix = parent is not null || parentUrn is not null
            ? (parent is not null ? parent.Urn : parentUrn!.ToOutput()).Apply(urn => urn[..urn.LastIndexOf("::", StringComparison.Ordinal)] + "$")
            : Output.Tuple(stack ?? Deployment.Instance.StackName, project ?? Deployment.Instance.ProjectName).Apply(both => $"urn:pulumi:{both.Item1}::{both.Item2}::");
        return Output.Format($"{parentPrefix}{type}::{name}");
    }

    /// <inheritdoc/>
    public bool Equals(Urn other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Urn other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => _value;

    /// <summary>The type token in a URN, without those of its parents.</summary>
    internal static string TypeOf(string urn) => urn.Split("::") is { Length: >= 4 } parts ? parts[2][(parts[2].LastIndexOf('$') + 1)..] : "";

    /// <summary>The name in a URN; a name may itself contain the separator.</summary>
    internal static string NameOf(string urn) => urn.Split("::") is { Length: >= 4 } parts ? string.Join("::", parts[3..]) : "";
}

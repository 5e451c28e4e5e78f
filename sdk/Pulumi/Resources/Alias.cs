namespace Pulumi;

/// <summary>
/// A former identity of a resource, so that a renamed or moved one is updated instead of replaced. Give either <see cref="Urn"/> or the parts that
/// changed; parts not given are those of the resource today.
/// </summary>
public sealed class Alias
{
    /// <summary>The whole former URN; excludes all other members.</summary>
    public string? Urn { get; set; }

    /// <summary>The former name.</summary>
    public Input<string>? Name { get; set; }

    /// <summary>The former type token.</summary>
    public Input<string>? Type { get; set; }

    /// <summary>The former stack.</summary>
    public Input<string>? Stack { get; set; }

    /// <summary>The former project.</summary>
    public Input<string>? Project { get; set; }

    /// <summary>The former parent. At most one of <see cref="Parent"/>, <see cref="ParentUrn"/> and <see cref="NoParent"/>.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The URN of the former parent.</summary>
    public Input<string>? ParentUrn { get; set; }

    /// <summary>The resource had no parent but the stack.</summary>
    public bool NoParent { get; set; }
}

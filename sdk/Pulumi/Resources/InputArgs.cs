using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A bag of inputs: fields and properties marked <see cref="InputAttribute"/>.</summary>
public abstract class InputArgs
{
    private protected InputArgs()
    {
    }

    /// <summary>Checks that required inputs are there and returns all inputs by wire name.</summary>
    /// <param name="path">Where the object stands, for messages; empty at the top.</param>
    internal virtual ImmutableArray<InputValue> GetInputs(string path = "") => InputMembers.Read(path, this);
}

/// <summary>One input, ready to be serialized.</summary>
internal readonly record struct InputValue(string Name, object? Value, bool Json);

/// <summary>The arguments of a resource, or a nested object among them.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly ResourceArgs Empty = new EmptyResourceArgs();

    private sealed class EmptyResourceArgs : ResourceArgs
    {
    }
}

/// <summary>Arguments given as a dictionary, for code that does not know the resource type at compile time.</summary>
/// <param name="dictionary">Inputs by wire name.</param>
public sealed class DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary) : ResourceArgs
{
    internal override ImmutableArray<InputValue> GetInputs(string path = "") => [.. dictionary.Select(pair => new InputValue(pair.Key, pair.Value, Json: false))];
}

/// <summary>The arguments of a provider function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly InvokeArgs Empty = new EmptyInvokeArgs();

    private sealed class EmptyInvokeArgs : InvokeArgs
    {
    }
}

/// <summary>Arguments of a provider function given as a dictionary.</summary>
/// <param name="dictionary">Inputs by wire name.</param>
public sealed class DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary) : InvokeArgs
{
    internal override ImmutableArray<InputValue> GetInputs(string path = "") => [.. dictionary.Select(pair => new InputValue(pair.Key, pair.Value, Json: false))];
}

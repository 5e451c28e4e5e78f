using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Changes arguments and options of the call of a provider function; null keeps them.</summary>
/// <param name="args">What is called.</param>
/// <param name="cancellationToken">Cancelled when the engine gives up.</param>
public delegate Task<InvokeTransformResult?> InvokeTransform(InvokeTransformArgs args, CancellationToken cancellationToken = default);

/// <summary>What a transform of calls gets.</summary>
/// <param name="token">Token of the function.</param>
/// <param name="args">Its arguments by wire name: plain values, or an <see cref="Output{T}"/> of object where one is secret or unknown.</param>
/// <param name="options">How it is called.</param>
public readonly struct InvokeTransformArgs(string token, ImmutableDictionary<string, object?> args, InvokeOptions options)
{
    /// <summary>Token of the function.</summary>
    public string Token { get; } = token;

    /// <summary>Its arguments by wire name: plain values, or an <see cref="Output{T}"/> of object where one is secret or unknown.</summary>
    public ImmutableDictionary<string, object?> Args { get; } = args;

    /// <summary>How it is called.</summary>
    public InvokeOptions Options { get; } = options;
}

/// <summary>What a transform of calls returns.</summary>
/// <param name="args">All arguments to use, by wire name.</param>
/// <param name="options">How to call.</param>
public readonly struct InvokeTransformResult(ImmutableDictionary<string, object?> args, InvokeOptions options)
{
    /// <summary>All arguments to use, by wire name.</summary>
    public ImmutableDictionary<string, object?> Args { get; } = args;

    /// <summary>How to call.</summary>
    public InvokeOptions Options { get; } = options;
}

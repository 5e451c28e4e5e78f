using System.Diagnostics.CodeAnalysis;
using Deploy.Core;

namespace Deploy.Azure.MachineLearning;

/// <summary>How a read ended: what is not there and what may not be seen are different answers.</summary>
public enum ReadStatus
{
    Ok,

    /// <summary>The list exists and has no entry.</summary>
    Empty,

    /// <summary>The thing does not exist.</summary>
    NotFound,

    /// <summary>The identity may not read it.</summary>
    Forbidden,

    /// <summary>Azure could not be reached, could not serve the request, or answered something else than the expected document.</summary>
    Failed,
}

/// <summary>The outcome of one read. Reads of <see cref="IMachineLearningReads"/> do not throw for what Azure answers, or fails to.</summary>
public sealed record ReadResult<T>
    where T : class
{
    public required ReadStatus Status { get; init; }

    /// <summary>What was read; an empty list when <see cref="Status"/> is <see cref="ReadStatus.Empty"/>, null when there is nothing.</summary>
    public T? Value { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public DeployError? Error { get; init; }

    /// <summary>Whether Azure gave a value, be it an empty list.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool HasValue => Value is not null;
}

/// <summary>Makes <see cref="ReadResult{T}"/> values.</summary>
public static class ReadResult
{
    public static ReadResult<T> Ok<T>(T value)
        where T : class => new() { Status = ReadStatus.Ok, Value = value };

    public static ReadResult<IReadOnlyList<T>> List<T>(IReadOnlyList<T> values) =>
        new() { Status = values.Count == 0 ? ReadStatus.Empty : ReadStatus.Ok, Value = values };

    public static ReadResult<T> Without<T>(ReadStatus status, DeployError error)
        where T : class => new() { Status = status, Error = error };
}

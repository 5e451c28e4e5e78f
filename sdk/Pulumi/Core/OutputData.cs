using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output resolves to: the value and everything that must survive every combination. A class, so that what waits for one is compiled once and not for each type.</summary>
internal sealed record OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public OutputData<TResult> With<TResult>(TResult value) => new(Resources, value, IsKnown, IsSecret);
}

internal static class OutputData
{
    public static readonly ImmutableHashSet<Resource> NoResources = ImmutableHashSet.Create<Resource>(ReferenceEqualityComparer.Instance);

    public static OutputData<T> Known<T>(T value, bool isSecret = false) => new(NoResources, value, IsKnown: true, isSecret);

    public static OutputData<T> Unknown<T>(ImmutableHashSet<Resource> resources, bool isSecret) => new(resources, default!, IsKnown: false, isSecret);
}

internal interface IOutput
{
    /// <summary>Who makes it; null when it needed no making.</summary>
    Waiting.Waiter? Producer { get; }

    /// <summary>Its name among several of one producer, e.g. an output property of a resource.</summary>
    string? Name { get; }

    /// <summary>Completes with it.</summary>
    Task Task { get; }

    /// <summary>Waits for it.</summary>
    /// <param name="reason">What for, in messages about a run that is stuck.</param>
    Task<OutputData<object?>> GetDataAsync(string? reason);
}

/// <summary>Anything that may stand where an input is expected.</summary>
internal interface IInput
{
    /// <summary>
    /// An output; for lists and maps an output of inputs, so that one unknown element does not hide its neighbours. Null when the input was made of an
    /// output that is null, e.g. of optional configuration: it counts as not given.
    /// </summary>
    IOutput? Content { get; }
}

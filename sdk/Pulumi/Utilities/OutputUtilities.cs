using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looking inside outputs, for tests and tools. Programs use <see cref="Output{T}.Apply{TResult}(Func{T, TResult})"/>.</summary>
public static class OutputUtilities
{
    /// <summary>Whether the value is known.</summary>
    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.GetDataAsync().ConfigureAwait(false)).IsKnown;

    /// <summary>The value; the default value of the type when unknown.</summary>
    public static async Task<T> GetValueAsync<T>(Output<T> output) => (await output.GetDataAsync().ConfigureAwait(false)).Value;

    /// <summary>The resources that the value depends on.</summary>
    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) => (await output.GetDataAsync().ConfigureAwait(false)).Resources;

    /// <summary>An output that is unknown in previews, as the outputs of resources not created yet are.</summary>
    public static Output<T> CreateUnknown<T>(T value) => new(new OutputData<T>(OutputData.NoResources, value, IsKnown: false, IsSecret: false));

    /// <inheritdoc cref="CreateUnknown{T}(T)"/>
    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory) =>
        Output.From(async waiter => OutputData.Known(await waiter.CallAsync("a task that a value factory returned", valueFactory).ConfigureAwait(false)) with { IsKnown = false });

    /// <summary>The same output, depending on one more resource.</summary>
    public static Output<T> WithDependency<T>(Output<T> output, Resource resource) => Output.From(_ => WithDependencyAsync(output, resource));

    private static async Task<OutputData<T>> WithDependencyAsync<T>(Output<T> output, Resource resource)
    {
        var data = await output.GetDataAsync().ConfigureAwait(false);
        return data with { Resources = data.Resources.Add(resource) };
    }
}

using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looking inside outputs, for tests and tools. Programs use <see cref="Output{T}.Apply{TResult}(Func{T, TResult})"/>.</summary>
public static class OutputUtilities
{
    /// <summary>Whether the value is known.</summary>
    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.DataTask.ConfigureAwait(false)).IsKnown;

    /// <summary>The value; the default value of the type when unknown.</summary>
    public static async Task<T> GetValueAsync<T>(Output<T> output) => (await output.DataTask.ConfigureAwait(false)).Value;

    /// <summary>The resources that the value depends on.</summary>
    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) => (await output.DataTask.ConfigureAwait(false)).Resources;

    /// <summary>An output that is unknown in previews, as the outputs of resources not created yet are.</summary>
    public static Output<T> CreateUnknown<T>(T value) => new(new OutputData<T>(OutputData.NoResources, value, IsKnown: false, IsSecret: false));

    /// <inheritdoc cref="CreateUnknown{T}(T)"/>
    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory) => new(UnknownAsync(valueFactory));

    /// <summary>The same output, depending on one more resource.</summary>
    public static Output<T> WithDependency<T>(Output<T> output, Resource resource) => new(WithDependencyAsync(output, resource));

    private static async Task<OutputData<T>> UnknownAsync<T>(Func<Task<T>> valueFactory) =>
        new(OutputData.NoResources, await valueFactory().ConfigureAwait(false), IsKnown: false, IsSecret: false);

    private static async Task<OutputData<T>> WithDependencyAsync<T>(Output<T> output, Resource resource)
    {
        var data = await output.DataTask.ConfigureAwait(false);
        return data with { Resources = data.Resources.Add(resource) };
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pulumi.Serialization;
using Pulumi.Waiting;

namespace Pulumi;

/// <summary>Makes outputs and combines them. A combination is unknown if any part is, secret if any part is, and depends on all that its parts depend on.</summary>
public static partial class Output
{
    internal const string CallbackTask = "a task that a callback of Apply returned";
    private const string GivenTask = "a task given to Output.Create";

    /// <summary>A known, non-secret output.</summary>
    public static Output<T> Create<T>(T value) => new(OutputData.Known(value));

    /// <inheritdoc cref="Create{T}(T)"/>
    public static Output<T> Create<T>(Task<T> value) => FromTask(value, isSecret: false);

    /// <summary>A known output that is encrypted in state and masked in displays.</summary>
    public static Output<T> CreateSecret<T>(T value) => new(OutputData.Known(value, isSecret: true));

    /// <inheritdoc cref="CreateSecret{T}(T)"/>
    public static Output<T> CreateSecret<T>(Task<T> value) => FromTask(value, isSecret: true);

    /// <summary>The same output, marked secret.</summary>
    public static Output<T> CreateSecret<T>(Output<T> value) => WithSecretness(value, isSecret: true);

    /// <summary>The same output, no longer marked secret. The caller vouches that the value may be shown.</summary>
    public static Output<T> Unsecret<T>(Output<T> output) => WithSecretness(output, isSecret: false);

    /// <summary>Whether the output is secret.</summary>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.GetDataAsync().ConfigureAwait(false)).IsSecret;

    /// <summary>All values in one output, in order.</summary>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All(inputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => All(inputs.Select(input => input.ToOutput()));

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs)
    {
        ImmutableArray<Output<T>> all = [.. outputs];
        return From(_ => AllAsync(all));
    }

    /// <summary>Fills the holes of an interpolated string, e.g. <c>Output.Format($"{account.Name}.blob")</c>; outputs and inputs in holes are awaited.</summary>
    public static Output<string> Format(FormattableString formattableString)
    {
        var format = formattableString.Format;
        return All(formattableString.GetArguments().Select(ToObjectOutput))
            .Apply(values => string.Format(CultureInfo.InvariantCulture, format, [.. values]));
    }

    /// <summary>JSON text of a value that may hold outputs and inputs at any depth; secret or unknown as a whole if any of them is.</summary>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return From(_ => OutputJson.SerializeAsync(value, options));
    }

    /// <summary>Reads a value from JSON text; outputs inside <typeparamref name="T"/> take over secretness and dependencies of the text.</summary>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return From(_ => OutputJson.DeserializeAsync<T>(json, options));
    }

    internal static Output<object?> ToObjectOutput(object? value) => value switch
    {
        IOutput output => From(_ => output.GetDataAsync(reason: null)),
        IInput input => ToObjectOutput(input.Content),
        _ => Create(value),
    };

    /// <summary>An output that has to be computed.</summary>
    /// <param name="computeAsync">Starts at once; gets the one that stands for it where it waits.</param>
    /// <param name="description">Who computes it, in messages about a run that is stuck; null for computations without a name.</param>
    internal static Output<T> From<T>(Func<Waiter, Task<OutputData<T>>> computeAsync, string? description = null)
    {
        var waiter = new Waiter(description, Deployment.TryGetCurrent(out var deployment) ? deployment.Pulse : null);
        return new(waiter.RunAsync(() => computeAsync(waiter)), waiter, name: null);
    }

    private static Output<T> FromTask<T>(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.IsCompleted ? From(_ => KnownAsync(value, isSecret)) : FromPending(value, isSecret);
    }

    // Apart, so that nothing here captures, and so holds, the task itself.
    private static Output<T> FromPending<T>(Task<T> value, bool isSecret)
    {
        var waiter = new Waiter(description: null, Deployment.TryGetCurrent(out var deployment) ? deployment.Pulse : null);
        var watched = waiter.Watch(GivenTask, value);
        return new(waiter.RunAsync(() => KnownAsync(watched, isSecret)), waiter, name: null);
    }

    private static async Task<OutputData<T>> KnownAsync<T>(Task<T> value, bool isSecret) => OutputData.Known(await value.ConfigureAwait(false), isSecret);

    private static Output<T> WithSecretness<T>(Output<T> output, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(output);
        return From(async _ => await output.GetDataAsync().ConfigureAwait(false) with { IsSecret = isSecret });
    }

    private static async Task<OutputData<ImmutableArray<T>>> AllAsync<T>(ImmutableArray<Output<T>> outputs)
    {
        var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
        var combined = OutputData.Known(0);
        foreach (var output in outputs)
        {
            var data = await output.GetDataAsync().ConfigureAwait(false);
            values.Add(data.Value);
            combined = Combine(combined, data, 0);
        }

        return combined.IsKnown ? combined.With(values.MoveToImmutable()) : OutputData.Unknown<ImmutableArray<T>>(combined.Resources, combined.IsSecret);
    }

    private static OutputData<TResult> Combine<T1, T2, TResult>(OutputData<T1> first, OutputData<T2> second, TResult value) =>
        new(first.Resources.Union(second.Resources), value, first.IsKnown && second.IsKnown, first.IsSecret || second.IsSecret);

    private static async Task<OutputData<(T1, T2)>> PairAsync<T1, T2>(Output<T1> first, Output<T2> second)
    {
        var data1 = await first.GetDataAsync().ConfigureAwait(false);
        var data2 = await second.GetDataAsync().ConfigureAwait(false);
        return Combine(data1, data2, (data1.Value, data2.Value));
    }
}

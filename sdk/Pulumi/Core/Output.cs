using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Makes outputs and combines them. A combination is unknown if any part is, secret if any part is, and depends on all that its parts depend on.</summary>
public static partial class Output
{
    /// <summary>A known, non-secret output.</summary>
    public static Output<T> Create<T>(T value) => new(OutputData.Known(value));

    /// <inheritdoc cref="Create{T}(T)"/>
    public static Output<T> Create<T>(Task<T> value) => new(KnownAsync(value, isSecret: false));

    /// <summary>A known output that is encrypted in state and masked in displays.</summary>
    public static Output<T> CreateSecret<T>(T value) => new(OutputData.Known(value, isSecret: true));

    /// <inheritdoc cref="CreateSecret{T}(T)"/>
    public static Output<T> CreateSecret<T>(Task<T> value) => new(KnownAsync(value, isSecret: true));

    /// <summary>The same output, marked secret.</summary>
    public static Output<T> CreateSecret<T>(Output<T> value) => new(WithSecretnessAsync(value, isSecret: true));

    /// <summary>The same output, no longer marked secret. The caller vouches that the value may be shown.</summary>
    public static Output<T> Unsecret<T>(Output<T> output) => new(WithSecretnessAsync(output, isSecret: false));

    /// <summary>Whether the output is secret.</summary>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.DataTask.ConfigureAwait(false)).IsSecret;

    /// <summary>All values in one output, in order.</summary>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All(inputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => All(inputs.Select(input => input.ToOutput()));

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => new(AllAsync([.. outputs]));

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
        return new(OutputJson.SerializeAsync(value, options));
    }

    /// <summary>Reads a value from JSON text; outputs inside <typeparamref name="T"/> take over secretness and dependencies of the text.</summary>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(OutputJson.DeserializeAsync<T>(json, options));
    }

    internal static Output<object?> ToObjectOutput(object? value) => value switch
    {
        IOutput output => new(output.GetDataAsync()),
        IInput input => ToObjectOutput(input.Content),
        _ => Create(value),
    };

    private static async Task<OutputData<T>> KnownAsync<T>(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return OutputData.Known(await value.ConfigureAwait(false), isSecret);
    }

    private static async Task<OutputData<T>> WithSecretnessAsync<T>(Output<T> output, bool isSecret) =>
        await output.DataTask.ConfigureAwait(false) with { IsSecret = isSecret };

    private static async Task<OutputData<ImmutableArray<T>>> AllAsync<T>(ImmutableArray<Output<T>> outputs)
    {
        var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
        var combined = OutputData.Known(0);
        foreach (var output in outputs)
        {
            var data = await output.DataTask.ConfigureAwait(false);
            values.Add(data.Value);
            combined = Combine(combined, data, 0);
        }

        return combined.IsKnown ? combined.With(values.MoveToImmutable()) : OutputData.Unknown<ImmutableArray<T>>(combined.Resources, combined.IsSecret);
    }

    private static OutputData<TResult> Combine<T1, T2, TResult>(OutputData<T1> first, OutputData<T2> second, TResult value) =>
        new(first.Resources.Union(second.Resources), value, first.IsKnown && second.IsKnown, first.IsSecret || second.IsSecret);

    private static async Task<OutputData<(T1, T2)>> PairAsync<T1, T2>(Output<T1> first, Output<T2> second)
    {
        var data1 = await first.DataTask.ConfigureAwait(false);
        var data2 = await second.DataTask.ConfigureAwait(false);
        return Combine(data1, data2, (data1.Value, data2.Value));
    }
}

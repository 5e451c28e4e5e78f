using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Serialization;

/// <summary>JSON of values that hold outputs and inputs.</summary>
internal static class OutputJson
{
    /// <summary>
    /// Converters cannot wait. So a pass writes null for outputs that are not there yet and notes them; they are awaited and the pass is repeated until
    /// nothing is missing. Each pass gets at least one level deeper.
    /// </summary>
    public static async Task<OutputData<string>> SerializeAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var data = await value.GetDataAsync().ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return OutputData.Unknown<string>(data.Resources, data.IsSecret);
        }

        while (true)
        {
            var converter = new ConverterFactory(data.Resources, data.IsSecret);
            var text = JsonSerializer.Serialize(data.Value, With(converter, options));
            if (converter.Pending.Count == 0)
            {
                var resources = data.Resources.Union(converter.Resources);
                var isSecret = data.IsSecret || converter.IsSecret;
                return converter.IsUnknown ? OutputData.Unknown<string>(resources, isSecret) : new(resources, text, IsKnown: true, isSecret);
            }

            await Task.WhenAll(converter.Pending).ConfigureAwait(false);
        }
    }

    public static async Task<OutputData<T>> DeserializeAsync<T>(Output<string> json, JsonSerializerOptions? options)
    {
        var data = await json.GetDataAsync().ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return OutputData.Unknown<T>(data.Resources, data.IsSecret);
        }

        var converter = new ConverterFactory(data.Resources, data.IsSecret);
        return data.With(JsonSerializer.Deserialize<T>(data.Value, With(converter, options))!);
    }

    // The converter belongs to one call, so the options do too.
    private static JsonSerializerOptions With(ConverterFactory converter, JsonSerializerOptions? options) =>
        new(options ?? JsonSerializerOptions.Default) { Converters = { converter } };

    private sealed class ConverterFactory(ImmutableHashSet<Resource> parentResources, bool parentIsSecret) : JsonConverterFactory
    {
        public List<Task> Pending { get; } = [];

        public HashSet<Resource> Resources { get; } = [];

        public bool IsSecret { get; private set; }

        public bool IsUnknown { get; private set; }

        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && (typeToConvert.GetGenericTypeDefinition() == typeof(Output<>) || typeToConvert.GetGenericTypeDefinition() == typeof(Input<>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
        {
            var name = typeToConvert.GetGenericTypeDefinition() == typeof(Output<>) ? nameof(ForOutput) : nameof(ForInput);
            return (JsonConverter)GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(typeToConvert.GenericTypeArguments).Invoke(this, null)!;
        }

        private DelegatingConverter<Output<T>, T> ForOutput<T>() => new(this, output => output, output => output);

        private DelegatingConverter<Input<T>, T> ForInput<T>() => new(this, input => input, output => output);

        private sealed class DelegatingConverter<TContainer, T>(ConverterFactory factory, Func<TContainer, Output<T>> toOutput, Func<Output<T>, TContainer> fromOutput)
            : JsonConverter<TContainer>
        {
            public override TContainer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                fromOutput(new(new OutputData<T>(factory.ParentResources, JsonSerializer.Deserialize<T>(ref reader, options)!, IsKnown: true, factory.ParentIsSecret)));

            public override void Write(Utf8JsonWriter writer, TContainer value, JsonSerializerOptions options)
            {
                var task = toOutput(value).GetDataAsync();
                if (!task.IsCompleted)
                {
                    factory.Pending.Add(task);
                    writer.WriteNullValue();
                    return;
                }

                var data = task.GetAwaiter().GetResult();
                factory.Resources.UnionWith(data.Resources);
                factory.IsSecret |= data.IsSecret;
                factory.IsUnknown |= !data.IsKnown;
                JsonSerializer.Serialize(writer, data.Value, options);
            }
        }

        private ImmutableHashSet<Resource> ParentResources => parentResources;

        private bool ParentIsSecret => parentIsSecret;
    }
}

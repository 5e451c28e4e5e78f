using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;

namespace Pulumi.Callbacks;

/// <summary>Arguments as a transform sees them.</summary>
internal static class TransformValues
{
    /// <summary>Plain values; outputs where a value is more than its text: secret, unknown, or of other resources.</summary>
    public static ImmutableDictionary<string, object?> Read(Struct? properties, Deployment deployment) =>
        (properties ?? new Struct()).Fields.ToImmutableDictionary(field => field.Key, field => Read(field.Value, deployment));

    /// <summary>Back to wire values. What the transform did not touch stays as it came, so that nothing is lost on the way.</summary>
    /// <param name="values">What the transform returned.</param>
    /// <param name="read">What it was given.</param>
    /// <param name="original">The wire values that it was given.</param>
    /// <param name="newSerializer">The form that the engine expects.</param>
    public static async Task<Struct> WriteAsync(
        ImmutableDictionary<string, object?> values, ImmutableDictionary<string, object?> read, Struct? original, Func<PropertySerializer> newSerializer)
    {
        bool IsUntouched(string name) => read.TryGetValue(name, out var given) && ReferenceEquals(given, values[name]);
        var changed = values.Where(pair => !IsUntouched(pair.Key)).Select(pair => new InputValue(pair.Key, pair.Value, Json: false));
        var result = (await PropertySerializer.SerializeInputsAsync([.. changed], newSerializer, _ => true).ConfigureAwait(false)).Properties;
        foreach (var name in values.Keys.Where(IsUntouched))
        {
            result.Fields[name] = original!.Fields[name];
        }

        return result;
    }

    private static object? Read(Value value, Deployment deployment)
    {
        var data = PropertyDeserializer.Deserialize(value, deployment.ResolveReference);
        return data is { IsKnown: true, IsSecret: false, Resources.Count: 0 } ? data.Value : new Output<object?>(data);
    }
}

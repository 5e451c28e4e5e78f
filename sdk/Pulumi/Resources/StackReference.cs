using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The outputs of another stack.</summary>
public class StackReference : CustomResource
{
    /// <summary>Reads the stack.</summary>
    /// <param name="name">Name of the resource, and of the stack unless <paramref name="args"/> gives another.</param>
    /// <param name="args">Which stack.</param>
    /// <param name="options">How the engine treats the reference.</param>
    public StackReference(string name, StackReferenceArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "pulumi:pulumi:StackReference",
            name,
            new StackReferenceArgs { Name = args?.Name ?? name },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = args?.Name ?? name }))
    {
    }

    /// <summary>The name of the stack.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>All its outputs; secret as a whole if one of them is.</summary>
    [Output("outputs")]
    public Output<ImmutableDictionary<string, object>> Outputs { get; private set; } = null!;

    /// <summary>The names of those that are secret.</summary>
    [Output("secretOutputNames")]
    public Output<ImmutableArray<string>> SecretOutputNames { get; private set; } = null!;

    /// <summary>One output, null when the stack has none of that name; secret only if this one is.</summary>
    public Output<object?> GetOutput(Input<string> name) =>
        WithOwnSecretness(name, Output.Tuple(name.ToOutput(), Outputs).Apply(both => both.Item2.GetValueOrDefault(both.Item1)));

    /// <summary>One output; an error when the stack has none of that name.</summary>
    public Output<object> RequireOutput(Input<string> name) => WithOwnSecretness(name, Output.Tuple(name.ToOutput(), Outputs).Apply(both =>
        both.Item2.GetValueOrDefault(both.Item1) ?? throw new KeyNotFoundException($"Stack '{GetResourceName()}' has no output '{both.Item1}'; it has: {string.Join(", ", both.Item2.Keys.Order(StringComparer.Ordinal))}.")));

    /// <summary>One output now, told apart by secretness.</summary>
    public async Task<StackReferenceOutputDetails> GetOutputDetailsAsync(string name)
    {
        var data = await GetOutput(name).GetDataAsync().ConfigureAwait(false);
        return data.IsSecret ? new() { SecretValue = data.Value } : new() { Value = data.Value };
    }

    /// <summary>One output now; refused for secret ones.</summary>
    public async Task<object?> GetValueAsync(Input<string> name) => Plain(await GetOutput(name).GetDataAsync().ConfigureAwait(false));

    /// <summary>One output now; refused for secret ones, an error when there is none of that name.</summary>
    public async Task<object> RequireValueAsync(Input<string> name) => Plain(await RequireOutput(name).GetDataAsync().ConfigureAwait(false));

    private static T Plain<T>(OutputData<T> data) =>
        data.IsSecret ? throw new InvalidOperationException("The output is secret; use GetOutput, which keeps it so.") : data.Value;

    private Output<T> WithOwnSecretness<T>(Input<string> name, Output<T> value) => Output.From(_ => WithOwnSecretnessAsync(name, value));

    private async Task<OutputData<T>> WithOwnSecretnessAsync<T>(Input<string> name, Output<T> value)
    {
        var nameData = await name.ToOutput().GetDataAsync().ConfigureAwait(false);
        var secretNames = await SecretOutputNames.GetDataAsync().ConfigureAwait(false);
        var isSecret = nameData.IsKnown && secretNames.IsKnown && !secretNames.Value.IsDefault
            ? secretNames.Value.Contains(nameData.Value)
            : (await Outputs.GetDataAsync().ConfigureAwait(false)).IsSecret;
        return await value.GetDataAsync().ConfigureAwait(false) with { IsSecret = isSecret };
    }
}

/// <summary>Which stack.</summary>
public class StackReferenceArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}

/// <summary>One output of another stack: exactly one of the members is set, none when there is no such output.</summary>
public sealed class StackReferenceOutputDetails
{
    /// <summary>The value, if it is not secret.</summary>
    public object? Value { get; set; }

    /// <summary>The value, if it is secret.</summary>
    public object? SecretValue { get; set; }
}

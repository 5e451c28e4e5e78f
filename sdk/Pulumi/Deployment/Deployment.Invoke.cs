using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi;

/// <content>Functions of providers.</content>
public sealed partial class Deployment
{
    internal Output<T> InvokeForOutput<T>(string token, InvokeArgs? args, InvokeOptions? options) =>
        Output.From(_ => InvokeForOutputAsync<T>(token, args, options), $"function '{token}'");

    internal Output<T> InvokeSingleForOutput<T>(string token, InvokeArgs? args, InvokeOptions? options) =>
        Output.From(_ => InvokeSingleForOutputAsync<T>(token, args, options), $"function '{token}'");

    private async Task<OutputData<T>> InvokeForOutputAsync<T>(string token, InvokeArgs? args, InvokeOptions? options)
    {
        var inputs = await SerializeInvokeArgsAsync(token, args).ConfigureAwait(false);

        // What a function makes of a secret may hold it.
        var isSecret = Contains(inputs.Properties, IsSecret);
        var resources = OutputData.NoResources.Union(inputs.Dependencies.Values.SelectMany(set => set));
        if (options is InvokeOutputOptions { DependsOn: { } dependsOn })
        {
            resources = resources.Union(await dependsOn.ToOutput().GetValueAsync([], OptionDependsOn).ConfigureAwait(false));
        }

        await ResourceDependencies.GetUrnsAsync(resources, except: null, reason: "a dependency").ConfigureAwait(false);
        if (Contains(inputs.Properties, IsUnknown) || (IsDryRun && await ResourceDependencies.AnyIsPlannedAsync(resources).ConfigureAwait(false)))
        {
            return OutputData.Unknown<T>(resources, isSecret);
        }

        var data = await InvokeAsync<T>(token, inputs.Properties, options).ConfigureAwait(false);
        return data with { Resources = resources.Union(data.Resources), IsSecret = isSecret || data.IsSecret };
    }

    private async Task<OutputData<T>> InvokeSingleForOutputAsync<T>(string token, InvokeArgs? args, InvokeOptions? options)
    {
        var data = await InvokeForOutputAsync<ImmutableDictionary<string, T>>(token, args, options).ConfigureAwait(false);
        return data.IsKnown ? data.With(Single(token, data.Value)) : OutputData.Unknown<T>(data.Resources, data.IsSecret);
    }

    internal async Task<T> InvokeForValueAsync<T>(string token, InvokeArgs? args, InvokeOptions? options)
    {
        var inputs = await SerializeInvokeArgsAsync(token, args).ConfigureAwait(false);
        return (await InvokeAsync<T>(token, inputs.Properties, options).ConfigureAwait(false)).Value;
    }

    internal async Task<T> InvokeSingleForValueAsync<T>(string token, InvokeArgs? args, InvokeOptions? options) =>
        Single(token, await InvokeForValueAsync<ImmutableDictionary<string, T>>(token, args, options).ConfigureAwait(false));

    private static T Single<T>(string token, ImmutableDictionary<string, T>? members) =>
        members is { Count: > 0 } ? members.Values.First() : throw new InvokeException($"Function '{token}' returned nothing.");

    private static bool IsUnknown(Value value) => value.KindCase == Value.KindOneofCase.StringValue && WireConstants.IsUnknown(value.StringValue);

    private static bool IsSecret(Value value) =>
        value.KindCase == Value.KindOneofCase.StructValue && value.StructValue.Fields.GetValueOrDefault(WireConstants.Signature)?.StringValue == WireConstants.SecretSignature;

    private static bool Contains(Struct properties, Predicate<Value> predicate) => properties.Fields.Values.Any(value => Contains(value, predicate));

    private static bool Contains(Value value, Predicate<Value> predicate) => predicate(value) || value.KindCase switch
    {
        Value.KindOneofCase.ListValue => value.ListValue.Values.Any(item => Contains(item, predicate)),
        Value.KindOneofCase.StructValue => Contains(value.StructValue, predicate),
        _ => false,
    };

    private async Task<SerializedInputs> SerializeInvokeArgsAsync(string token, InvokeArgs? args)
    {
        var keepResources = await KeepsResourcesAsync().ConfigureAwait(false);
        try
        {
            return await PropertySerializer.SerializeInputsAsync((args ?? InvokeArgs.Empty).GetInputs(), () => new(keepResources), _ => true).ConfigureAwait(false);
        }
        catch (InputException exception)
        {
            throw new InvokeException($"Function '{token}': {exception.Message}", exception);
        }
    }

    private async Task<OutputData<T>> InvokeAsync<T>(string token, Struct args, InvokeOptions? options)
    {
        await StackTransforms.ConfigureAwait(false);
        var provider = options?.Provider ?? options?.Parent?.GetProvider(token);
        var response = await _monitor.InvokeAsync(new ResourceInvokeRequest
        {
            Tok = token,
            Args = args,
            Provider = provider is null ? "" : await provider.GetReferenceAsync().ConfigureAwait(false),
            Version = options?.Version ?? "",
            PluginDownloadURL = options?.PluginDownloadURL ?? "",
            AcceptResources = !_settings.DisableResourceReferences,
        }).ConfigureAwait(false);
        if (response.Failures.Count > 0)
        {
            var reasons = response.Failures.Select(failure => failure.Property.Length == 0 ? failure.Reason : $"{failure.Reason} ({failure.Property})");
            throw new InvokeException($"Function '{token}' failed: {string.Join("; ", reasons)}");
        }

        return response.Unknown
            ? OutputData.Unknown<T>(OutputData.NoResources, isSecret: false)
            : Converter(resource: null).Convert<T>($"result of {token}", Value.ForStruct(response.Return ?? new Struct()));
    }
}

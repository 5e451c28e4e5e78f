using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Pulumi.Serialization;
using Pulumi.Waiting;
using Pulumirpc;

namespace Pulumi;

/// <content>Registering and reading resources.</content>
public sealed partial class Deployment
{
    /// <summary>Starts the registration; the outputs of the resource complete with it.</summary>
    internal void ReadOrRegister(Resource resource, bool custom, bool remote, ResourceArgs args, ResourceOptions options) =>
        Runner.Register(resource.Registration.RunAsync(() => CompleteAsync(resource, custom, remote, args, options)));

    /// <summary>Reports the outputs of a component or of the stack.</summary>
    internal void RegisterOutputs(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var waiter = new Waiter(resource.Registration.Description, Pulse) { ValueNoun = resource is Stack ? "stack output" : "output" };
        Runner.Register(waiter.RunAsync(() => RegisterOutputsAsync(resource, outputs)));
    }

    private async Task CompleteAsync(Resource resource, bool custom, bool remote, ResourceArgs args, ResourceOptions options)
    {
        var isKnown = false;
        var transforms = StackTransforms;
        try
        {
            // Those that the program added before this resource apply to it.
            await transforms.ConfigureAwait(false);
            var state = await ReadOrRegisterAsync(resource, custom, remote, args, options).ConfigureAwait(false);
            SetOutputs(resource, state);
            isKnown = !IsDryRun && state.Result == Result.Success;
        }
        catch (Exception exception)
        {
            // Whoever waits for an output learns why it never comes.
            var failure = Describe(resource, exception);
            foreach (var completion in resource.Completions.Values)
            {
                completion.TrySetException(failure);
            }

            if (ReferenceEquals(failure, exception))
            {
                throw;
            }

            throw failure;
        }
        finally
        {
            foreach (var completion in resource.Completions.Values)
            {
                completion.TrySetDefault(isKnown);
            }
        }
    }

    /// <summary>Names the resource in failures that do not; those of other resources that this one waited for stay theirs.</summary>
    private static Exception Describe(Resource resource, Exception exception)
    {
        var subject = $"{resource.GetResourceType()} '{resource.GetResourceName()}'";
        return exception switch
        {
            ResourceException or RunException => exception,
            _ when GrpcEngine.IsShutdown(exception) => exception,
            RpcException rpc => new ResourceException($"{subject}: {rpc.Status.Detail}", resource, rpc, hideStack: true),
            InputException => new ResourceException($"{subject}: {exception.Message}", resource, exception, hideStack: true),
            ArgumentException or InvalidOperationException => new ResourceException($"{subject}: {exception.Message}", resource, exception, hideStack: false),
            _ => exception,
        };
    }

    private void SetOutputs(Resource resource, ResourceState state)
    {
        var converter = Converter(resource);
        foreach (var (name, completion) in resource.Completions)
        {
            if (name == "urn")
            {
                completion.SetValue(OutputData.Known<object?>(state.Urn));
            }
            else if (name == "id" && resource is CustomResource)
            {
                var isKnown = state.Id.Length > 0 && !WireConstants.IsUnknown(state.Id);
                completion.SetValue(new(OutputData.NoResources, isKnown ? state.Id : "", isKnown, IsSecret: false));
            }
            else if (state.Properties.Fields.TryGetValue(name, out var value))
            {
                var data = converter.Convert($"{resource.GetResourceType()} '{resource.GetResourceName()}'.{name}", value, completion.ValueType);
                var dependencies = state.Dependencies.GetValueOrDefault(name)?.Urns.Select(urn => (Resource)new DependencyResource(urn)) ?? [];
                completion.SetValue(data with { Resources = data.Resources.Union(dependencies) });
            }
        }
    }

    private async Task<ResourceState> ReadOrRegisterAsync(Resource resource, bool custom, bool remote, ResourceArgs args, ResourceOptions options)
    {
        if (options.Urn is not null)
        {
            return await GetRegisteredAsync(options.Urn).ConfigureAwait(false);
        }

        // An id that a preview does not know yet is told as such: a resource to read is never planned as one to create.
        if (options.Id is not null && await options.Id.ToOutput().GetValueAsync(WireConstants.Unknown, "option Id").ConfigureAwait(false) is { Length: > 0 } id)
        {
            return custom
                ? await ReadAsync(resource, id, args, options).ConfigureAwait(false)
                : throw new ArgumentException("The option Id is for custom resources only.");
        }

        return await RegisterAsync(resource, custom, remote, args, options).ConfigureAwait(false);
    }

    private async Task<ResourceState> GetRegisteredAsync(string urn)
    {
        var response = await _monitor.InvokeAsync(new ResourceInvokeRequest
        {
            Tok = "pulumi:pulumi:getResource",
            Args = new Struct { Fields = { ["urn"] = Value.ForString(urn) } },
            AcceptResources = !_settings.DisableResourceReferences,
        }).ConfigureAwait(false);
        var fields = response.Return.Fields;
        return new(fields["urn"].StringValue, fields.TryGetValue("id", out var id) ? id.StringValue : "", fields["state"].StructValue);
    }

    private async Task<ResourceState> ReadAsync(Resource resource, string id, ResourceArgs args, ResourceOptions options)
    {
        var prepared = await PrepareAsync(resource, custom: true, remote: false, args, options).ConfigureAwait(false);
        var request = new ReadResourceRequest
        {
            Id = id,
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Parent = prepared.ParentUrn,
            Provider = prepared.Provider,
            Properties = prepared.Properties,
            Version = options.Version ?? "",
            PluginDownloadURL = options.PluginDownloadURL ?? "",
            AcceptSecrets = true,
            AcceptResources = !_settings.DisableResourceReferences,
        };
        request.Dependencies.AddRange(prepared.Dependencies);
        request.AdditionalSecretOutputs.AddRange(((CustomResourceOptions)options).AdditionalSecretOutputs);
        var response = await _monitor.ReadResourceAsync(resource, request).ConfigureAwait(false);
        return new(response.Urn, id, response.Properties ?? new Struct());
    }

    private async Task<ResourceState> RegisterAsync(Resource resource, bool custom, bool remote, ResourceArgs args, ResourceOptions options)
    {
        var prepared = await PrepareAsync(resource, custom, remote, args, options).ConfigureAwait(false);
        var request = CreateRequest(resource, custom, remote, options, prepared);
        if (options.DeletedWith is { } holder)
        {
            await RequireAsync("deletedWith", "the option DeletedWith").ConfigureAwait(false);
            request.DeletedWith = await holder.Urn.GetValueAsync("", "option DeletedWith").ConfigureAwait(false);
        }

        await AddReplacementAsync(request, options, prepared).ConfigureAwait(false);
        await AddAliasesAsync(request, resource, options).ConfigureAwait(false);
        await AddTransformsAsync(request, options).ConfigureAwait(false);
        var response = await _monitor.RegisterResourceAsync(resource, request).ConfigureAwait(false);
        return new(response.Urn, response.Id ?? "", response.Object ?? new Struct()) { Dependencies = response.PropertyDependencies.ToImmutableDictionary(), Result = response.Result };
    }

    private async Task AddReplacementAsync(RegisterResourceRequest request, ResourceOptions options, PreparedResource prepared)
    {
        if (prepared.ReplaceWith.Count > 0)
        {
            await RequireAsync("replaceWith", "the option ReplaceWith").ConfigureAwait(false);
            request.ReplaceWith.AddRange(prepared.ReplaceWith);
        }

        if (options.ReplacementTrigger is { } trigger)
        {
            await RequireAsync("replacementTrigger", "the option ReplacementTrigger").ConfigureAwait(false);
            request.ReplacementTrigger = await new PropertySerializer(keepResources: false).SerializeAsync("ReplacementTrigger", trigger).ConfigureAwait(false);
        }
    }

    private async Task RequireAsync(string feature, string subject)
    {
        if (!await SupportsAsync(feature).ConfigureAwait(false))
        {
            throw new InputException($"The engine does not support {subject} (it lacks the feature '{feature}').");
        }
    }

    private RegisterResourceRequest CreateRequest(Resource resource, bool custom, bool remote, ResourceOptions options, PreparedResource prepared)
    {
        var request = new RegisterResourceRequest
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Parent = prepared.ParentUrn,
            Custom = custom,
            Remote = remote,
            Object = prepared.Properties,
            Provider = prepared.Provider,
            Version = options.Version ?? "",
            PluginDownloadURL = options.PluginDownloadURL ?? "",
            AcceptSecrets = true,
            AcceptResources = !_settings.DisableResourceReferences,
            SupportsResultReporting = true,
            CustomTimeouts = options.CustomTimeouts?.ToProto(),
        };
        request.Providers.Add(prepared.Providers);
        request.Dependencies.AddRange(prepared.Dependencies);
        request.IgnoreChanges.AddRange(options.IgnoreChanges);
        request.HideDiffs.AddRange(options.HideDiffs);
        foreach (var (property, urns) in prepared.PropertyDependencies)
        {
            var dependencies = new PropertyDependencies();
            dependencies.Urns.AddRange(urns);
            request.PropertyDependencies.Add(property, dependencies);
        }

        if (options.Protect is { } protect)
        {
            request.Protect = protect;
        }

        if (options.RetainOnDelete is { } retain)
        {
            request.RetainOnDelete = retain;
        }

        if (options is CustomResourceOptions customOptions)
        {
            request.ImportId = customOptions.ImportId ?? "";
            request.DeleteBeforeReplaceDefined = customOptions.DeleteBeforeReplace is not null;
            request.DeleteBeforeReplace = customOptions.DeleteBeforeReplace ?? false;
            request.AdditionalSecretOutputs.AddRange(customOptions.AdditionalSecretOutputs);
            request.ReplaceOnChanges.AddRange(customOptions.ReplaceOnChanges);
        }

        return request;
    }

    private async Task AddAliasesAsync(RegisterResourceRequest request, Resource resource, ResourceOptions options)
    {
        if (!resource.HasAliases)
        {
            return;
        }

        if (await SupportsAsync("aliasSpecs").ConfigureAwait(false))
        {
            var aliases = await Task.WhenAll(options.Aliases.Select(ResourceAliases.ToProtoAsync)).ConfigureAwait(false);
            request.Aliases.AddRange(aliases.OfType<Pulumirpc.Alias>());
            return;
        }

        var urns = await Task.WhenAll(resource.Aliases.Select(alias => alias.GetValueAsync("", ResourceAliases.Reason))).ConfigureAwait(false);
        request.AliasURNs.AddRange(urns.Where(urn => urn.Length > 0).Distinct());
    }

    private async Task RegisterOutputsAsync(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var urn = await resource.Urn.GetValueAsync("").ConfigureAwait(false);
        var values = await outputs.GetValueAsync(ImmutableDictionary<string, object?>.Empty).ConfigureAwait(false);
        var keepResources = await KeepsResourcesAsync().ConfigureAwait(false);
        ImmutableArray<InputValue> inputs = [.. values.Select(pair => new InputValue(pair.Key, pair.Value, Json: false))];
        try
        {
            var serialized = await PropertySerializer.SerializeInputsAsync(inputs, () => new(keepResources), _ => true).ConfigureAwait(false);
            await _monitor.RegisterResourceOutputsAsync(new() { Urn = urn, Outputs = serialized.Properties }).ConfigureAwait(false);
        }
        catch (Exception exception) when (Describe(resource, exception) is var failure && !ReferenceEquals(failure, exception))
        {
            throw failure;
        }
    }

    private sealed record ResourceState(string Urn, string Id, Struct Properties)
    {
        public IReadOnlyDictionary<string, PropertyDependencies> Dependencies { get; init; } = ImmutableDictionary<string, PropertyDependencies>.Empty;

        public Result Result { get; init; }
    }
}

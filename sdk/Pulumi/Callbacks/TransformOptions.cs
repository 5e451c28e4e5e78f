using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi.Callbacks;

/// <summary>Options of a resource as a transform sees them. What this SDK has no option for (hooks, checksums) passes through untouched.</summary>
internal static class TransformOptions
{
    /// <summary>The options that the engine sent.</summary>
    public static ResourceOptions Read(TransformResourceOptions source, bool custom, string parent, Deployment deployment)
    {
        ResourceOptions options = custom
            ? new CustomResourceOptions
            {
                DeleteBeforeReplace = source.HasDeleteBeforeReplace ? source.DeleteBeforeReplace : null,
                AdditionalSecretOutputs = [.. source.AdditionalSecretOutputs],
                ImportId = NullIfEmpty(source.Import),
            }
            : new ComponentResourceOptions { Providers = [.. source.Providers.Values.Select(reference => ReadProvider(reference)!)] };
        options.Parent = ReadResource(parent);
        options.DependsOn = source.DependsOn.Select(urn => (Input<Resource>)new DependencyResource(urn)).ToArray();
        options.Protect = source.HasProtect ? source.Protect : null;
        options.IgnoreChanges = [.. source.IgnoreChanges];
        options.ReplaceOnChanges = [.. source.ReplaceOnChanges];
        options.Version = NullIfEmpty(source.Version);
        options.Aliases = [.. source.Aliases.Select(alias => (Input<Alias>)ReadAlias(alias))];
        options.Provider = ReadProvider(source.Provider);
        options.CustomTimeouts = source.CustomTimeouts is null ? null : CustomTimeouts.FromProto(source.CustomTimeouts);
        options.PluginDownloadURL = NullIfEmpty(source.PluginDownloadUrl);
        options.RetainOnDelete = source.HasRetainOnDelete ? source.RetainOnDelete : null;
        options.DeletedWith = ReadResource(source.DeletedWith);
        options.ReplaceWith = source.ReplaceWith.Select(urn => (Input<Resource>)new DependencyResource(urn)).ToArray();
        options.HideDiffs = [.. source.HideDiff];
        if (source.ReplacementTrigger is { } trigger)
        {
            var data = PropertyDeserializer.Deserialize(trigger, deployment.ResolveReference);
            options.ReplacementTrigger = new Output<object>(data.With(data.Value!));
        }

        return options;
    }

    /// <summary>The options to send back.</summary>
    /// <param name="options">What the transform returned.</param>
    /// <param name="given">What the engine sent.</param>
    /// <param name="givenTrigger">The replacement trigger that the transform was given; it stays as it came when it is still that one.</param>
    public static async Task<TransformResourceOptions> WriteAsync(ResourceOptions options, TransformResourceOptions given, Input<object>? givenTrigger)
    {
        var target = given.Clone();
        Reset(target.DependsOn, await UrnsAsync(options.DependsOn).ConfigureAwait(false));
        Reset(target.IgnoreChanges, options.IgnoreChanges);
        Reset(target.ReplaceOnChanges, options.ReplaceOnChanges);
        Reset(target.HideDiff, options.HideDiffs);
        Reset(target.ReplaceWith, await UrnsAsync(options.ReplaceWith).ConfigureAwait(false));
        Reset(target.Aliases, (await Task.WhenAll(options.Aliases.Select(ResourceAliases.ToProtoAsync)).ConfigureAwait(false)).OfType<Pulumirpc.Alias>());
        target.Version = options.Version ?? "";
        target.PluginDownloadUrl = options.PluginDownloadURL ?? "";
        target.Provider = await WriteProviderAsync(options.Provider).ConfigureAwait(false);
        target.DeletedWith = options.DeletedWith is { } holder ? await holder.Urn.GetValueAsync("").ConfigureAwait(false) : "";
        target.CustomTimeouts = options.CustomTimeouts?.ToProto();
        if (target.CustomTimeouts is not null)
        {
            target.CustomTimeouts.Read = given.CustomTimeouts?.Read ?? "";
        }

        if (!ReferenceEquals(options.ReplacementTrigger, givenTrigger))
        {
            target.ReplacementTrigger = options.ReplacementTrigger is { } trigger
                ? await new PropertySerializer(keepResources: false).SerializeAsync("ReplacementTrigger", trigger).ConfigureAwait(false)
                : null;
        }

        WriteFlags(options, target);
        await WriteProvidersAsync(options, target).ConfigureAwait(false);
        return target;
    }

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    public static ProviderResource? ReadProvider(string reference) => reference.LastIndexOf("::", StringComparison.Ordinal) is var end and > 0
        ? new DependencyProviderResource(reference[..end], reference[(end + 2)..])
        : null;

    public static async Task<string> WriteProviderAsync(ProviderResource? provider) => provider is null ? "" : await provider.GetReferenceAsync().ConfigureAwait(false);

    private static DependencyResource? ReadResource(string urn) => urn.Length == 0 ? null : new DependencyResource(urn);

    private static Alias ReadAlias(Pulumirpc.Alias alias) => alias.AliasCase == Pulumirpc.Alias.AliasOneofCase.Urn
        ? new() { Urn = alias.Urn }
        : new()
        {
            Name = Text(alias.Spec.Name),
            Type = Text(alias.Spec.Type),
            Stack = Text(alias.Spec.Stack),
            Project = Text(alias.Spec.Project),
            ParentUrn = Text(alias.Spec.ParentUrn),
            NoParent = alias.Spec.NoParent,
        };

    private static Input<string>? Text(string text) => text.Length == 0 ? null : (Input<string>)text;

    private static async Task<IEnumerable<string>> UrnsAsync(InputList<Resource> resources) =>
        await ResourceDependencies.GetUrnsAsync(await resources.ToOutput().GetValueAsync([]).ConfigureAwait(false), except: null, "its options").ConfigureAwait(false);

    private static void Reset<T>(Google.Protobuf.Collections.RepeatedField<T> field, IEnumerable<T> values)
    {
        T[] copy = [.. values];
        field.Clear();
        field.AddRange(copy);
    }

    private static void WriteFlags(ResourceOptions options, TransformResourceOptions target)
    {
        target.ClearProtect();
        target.ClearRetainOnDelete();
        target.ClearDeleteBeforeReplace();
        if (options.Protect is { } protect)
        {
            target.Protect = protect;
        }

        if (options.RetainOnDelete is { } retain)
        {
            target.RetainOnDelete = retain;
        }

        if (options is CustomResourceOptions customOptions)
        {
            Reset(target.AdditionalSecretOutputs, customOptions.AdditionalSecretOutputs);
            target.Import = customOptions.ImportId ?? "";
            if (customOptions.DeleteBeforeReplace is { } deleteFirst)
            {
                target.DeleteBeforeReplace = deleteFirst;
            }
        }
    }

    private static async Task WriteProvidersAsync(ResourceOptions options, TransformResourceOptions target)
    {
        if (options is ComponentResourceOptions { } component)
        {
            target.Providers.Clear();
            foreach (var provider in component.Providers)
            {
                target.Providers[provider.Package] = await provider.GetReferenceAsync().ConfigureAwait(false);
            }
        }
    }
}

using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>The options of a registration in the form that transforms see, and back.</summary>
internal static class TransformOptions
{
    public static TransformResourceOptions Read(RegisterResourceRequest request)
    {
        var options = new TransformResourceOptions
        {
            Version = request.Version,
            Provider = request.Provider,
            PluginDownloadUrl = request.PluginDownloadURL,
            DeletedWith = request.DeletedWith,
            Import = request.ImportId,
            CustomTimeouts = request.CustomTimeouts,
            Hooks = request.Hooks,
            ReplacementTrigger = request.ReplacementTrigger,
        };
        if (request.HasProtect)
        {
            options.Protect = request.Protect;
        }

        if (request.HasRetainOnDelete)
        {
            options.RetainOnDelete = request.RetainOnDelete;
        }

        if (request.DeleteBeforeReplaceDefined || request.DeleteBeforeReplace)
        {
            options.DeleteBeforeReplace = request.DeleteBeforeReplace;
        }

        options.DependsOn.Add(request.Dependencies);
        options.IgnoreChanges.Add(request.IgnoreChanges);
        options.ReplaceOnChanges.Add(request.ReplaceOnChanges);
        options.Aliases.Add(request.AliasURNs.Select(urn => new Alias { Urn = urn }));
        options.Aliases.Add(request.Aliases);
        options.AdditionalSecretOutputs.Add(request.AdditionalSecretOutputs);
        options.Providers.Add(request.Providers);
        options.PluginChecksums.Add(request.PluginChecksums);
        options.HideDiff.Add(request.HideDiffs);
        options.ReplaceWith.Add(request.ReplaceWith);
        return options;
    }

    public static void Write(TransformResourceOptions options, RegisterResourceRequest request)
    {
        request.Version = options.Version;
        request.Provider = options.Provider;
        request.PluginDownloadURL = options.PluginDownloadUrl;
        request.DeletedWith = options.DeletedWith;
        request.ImportId = options.Import;
        request.CustomTimeouts = options.CustomTimeouts;
        request.Hooks = options.Hooks;
        request.ReplacementTrigger = options.ReplacementTrigger;
        request.DeleteBeforeReplaceDefined = options.HasDeleteBeforeReplace;
        request.DeleteBeforeReplace = options.DeleteBeforeReplace;
        request.AliasURNs.Clear();
        Replace(request.Dependencies, options.DependsOn);
        Replace(request.IgnoreChanges, options.IgnoreChanges);
        Replace(request.ReplaceOnChanges, options.ReplaceOnChanges);
        Replace(request.Aliases, options.Aliases);
        Replace(request.AdditionalSecretOutputs, options.AdditionalSecretOutputs);
        Replace(request.HideDiffs, options.HideDiff);
        Replace(request.ReplaceWith, options.ReplaceWith);
        request.Providers.Clear();
        request.Providers.Add(options.Providers);
        request.PluginChecksums.Clear();
        request.PluginChecksums.Add(options.PluginChecksums);
        request.ClearProtect();
        if (options.HasProtect)
        {
            request.Protect = options.Protect;
        }

        request.ClearRetainOnDelete();
        if (options.HasRetainOnDelete)
        {
            request.RetainOnDelete = options.RetainOnDelete;
        }
    }

    private static void Replace<T>(Google.Protobuf.Collections.RepeatedField<T> target, Google.Protobuf.Collections.RepeatedField<T> values)
    {
        target.Clear();
        target.Add(values);
    }
}

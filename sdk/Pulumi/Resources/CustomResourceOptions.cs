namespace Pulumi;

/// <summary>Options of a resource that a provider manages.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    private List<string>? _additionalSecretOutputs;

    /// <summary>Delete before creating the replacement; null leaves it to the provider.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Names of outputs to treat as secret beside those the provider marks.</summary>
    public List<string> AdditionalSecretOutputs
    {
        get => _additionalSecretOutputs ??= [];
        set => _additionalSecretOutputs = value;
    }

    /// <summary>The id of an existing resource to take under management.</summary>
    public string? ImportId { get; set; }

    /// <summary>A new set of options: those of <paramref name="options2"/> win where set, lists are appended in order.</summary>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = (CustomResourceOptions?)options1?.Clone() ?? new CustomResourceOptions();
        if (options2 is not null)
        {
            merged.MergeFrom(options2);
            merged.DeleteBeforeReplace = options2.DeleteBeforeReplace ?? merged.DeleteBeforeReplace;
            merged.AdditionalSecretOutputs.AddRange(options2.AdditionalSecretOutputs);
            merged.ImportId = options2.ImportId ?? merged.ImportId;
        }

        return merged;
    }

    internal override ResourceOptions Clone()
    {
        var clone = new CustomResourceOptions
        {
            DeleteBeforeReplace = DeleteBeforeReplace,
            ImportId = ImportId,
            _additionalSecretOutputs = Copy(_additionalSecretOutputs),
        };
        CopyTo(clone);
        return clone;
    }
}

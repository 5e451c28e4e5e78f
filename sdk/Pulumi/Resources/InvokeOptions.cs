namespace Pulumi;

/// <summary>How a provider function is called.</summary>
public class InvokeOptions
{
    /// <summary>The resource whose provider is used when <see cref="Provider"/> is null.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The provider instance to use.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>Version of the provider plugin; null means that of the package.</summary>
    public string? Version { get; set; }

    /// <summary>Where the provider plugin is downloaded from; null means the usual place.</summary>
    public string? PluginDownloadURL { get; set; }
}

/// <summary>How a provider function is called whose result is an output.</summary>
public class InvokeOutputOptions : InvokeOptions
{
    private InputList<Resource>? _dependsOn;

    /// <summary>Resources that must be finished before the call; while one of them does not exist yet (preview), the result is unknown.</summary>
    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= [];
        set => _dependsOn = value;
    }
}

using System.Security.Cryptography.X509Certificates;
using Azure.Identity;

namespace Deploy.Azure;

/// <summary>Where one Azure is: its control plane, its sign-in service and the audiences of its tokens.</summary>
public sealed record AzureCloud
{
    /// <summary><c>local</c>, <c>public</c>, <c>usGovernment</c> or <c>china</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Base address of Azure Resource Manager, for example <c>https://management.azure.com/</c>.</summary>
    public required Uri ResourceManager { get; init; }

    /// <summary>Base address of the sign-in service, for example <c>https://login.microsoftonline.com/</c>.</summary>
    public required Uri AuthorityHost { get; init; }

    /// <summary>Scope of control-plane tokens, for example <c>https://management.azure.com/.default</c>.</summary>
    public required string ResourceManagerScope { get; init; }

    /// <summary>Scope of tokens for online endpoints that authenticate with Entra.</summary>
    public string MachineLearningScope { get; init; } = "https://ml.azure.com/.default";

    /// <summary>A certificate trusted exactly for the host and port of <see cref="ResourceManager"/> and <see cref="AuthorityHost"/>; null = the machine's trust.</summary>
    public X509Certificate2? TrustedCertificate { get; init; }

    public bool IsLocal => Name == LocalName;

    public const string LocalName = "local";

    public static AzureCloud Public { get; } = new()
    {
        Name = "public",
        ResourceManager = new Uri("https://management.azure.com/"),
        AuthorityHost = AzureAuthorityHosts.AzurePublicCloud,
        ResourceManagerScope = "https://management.azure.com/.default",
    };

    public static AzureCloud UsGovernment { get; } = new()
    {
        Name = "usGovernment",
        ResourceManager = new Uri("https://management.usgovcloudapi.net/"),
        AuthorityHost = AzureAuthorityHosts.AzureGovernment,
        ResourceManagerScope = "https://management.usgovcloudapi.net/.default",
        MachineLearningScope = "https://ml.azure.us/.default",
    };

    public static AzureCloud China { get; } = new()
    {
        Name = "china",
        ResourceManager = new Uri("https://management.chinacloudapi.cn/"),
        AuthorityHost = AzureAuthorityHosts.AzureChina,
        ResourceManagerScope = "https://management.chinacloudapi.cn/.default",
        MachineLearningScope = "https://ml.azure.cn/.default",
    };

    /// <summary>The real clouds by name (Pulumi's and Azure's spellings, any case); null when the name is none of them.</summary>
    public static AzureCloud? Find(string name) => name.ToLowerInvariant() switch
    {
        "public" or "azurecloud" or "azurepubliccloud" => Public,
        "usgovernment" or "usgov" or "azureusgovernment" or "azureusgovernmentcloud" => UsGovernment,
        "china" or "azurechinacloud" => China,
        _ => null,
    };

    /// <summary>A local Azure that serves control plane and sign-in from one address.</summary>
    /// <param name="address">For example <c>https://127.0.0.1:41233/</c>.</param>
    /// <param name="certificate">The certificate of that address.</param>
    public static AzureCloud Local(Uri address, X509Certificate2 certificate) => new()
    {
        Name = LocalName,
        ResourceManager = address,
        AuthorityHost = address,
        ResourceManagerScope = "https://management.azure.com/.default",
        TrustedCertificate = certificate,
    };

    /// <summary>Whether the address is the cloud's own control plane or sign-in service (scheme, host and port).</summary>
    public bool Owns(Uri address) => SameOrigin(address, ResourceManager) || SameOrigin(address, AuthorityHost);

    internal static bool SameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase);
}

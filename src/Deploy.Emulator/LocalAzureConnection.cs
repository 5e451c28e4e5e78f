using System.Security.Cryptography.X509Certificates;

namespace Deploy.Emulator;

/// <summary>Everything a client needs to talk to one local Azure.</summary>
public sealed record LocalAzureConnection
{
    /// <summary>Serves everything: Azure Resource Manager, tokens, model inference. <c>https://127.0.0.1:port/</c></summary>
    public required Uri Https { get; init; }

    /// <summary>Serves model inference with keys only. <c>http://127.0.0.1:port/</c></summary>
    public required Uri Http { get; init; }

    /// <summary>The authority for tokens: the same address as <see cref="Https"/>; clients must disable instance discovery.</summary>
    public Uri AuthorityHost => Https;

    /// <summary>PEM file of the server's certificate, inside the store.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>The server's certificate without its key. Trust exactly this one, at exactly this address.</summary>
    public required X509Certificate2 Certificate { get; init; }

    public required string SubscriptionId { get; init; }

    public required string TenantId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Secret of the one service principal; random per store. Never print it except where the user asked for it.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>The process that hosts the store.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Does not print the secret.</summary>
    public override string ToString() => $"local Azure at {Https} (process {ProcessId})";
}

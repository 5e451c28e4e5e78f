using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;

namespace Deploy.Azure;

/// <summary>Makes the HTTP handlers that reach one cloud.</summary>
public static class CloudTransport
{
    /// <summary>
    /// A handler that trusts the cloud's own certificate on the cloud's own addresses only, follows no redirect (a token must not travel to another host)
    /// and never sends loopback traffic through a proxy.
    /// </summary>
    public static HttpMessageHandler CreateHandler(AzureCloud cloud)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        if (cloud.ResourceManager.IsLoopback)
        {
            handler.UseProxy = false;
        }

        if (cloud.TrustedCertificate is { } trusted)
        {
            handler.ServerCertificateCustomValidationCallback = (request, certificate, _, errors) => IsAccepted(cloud, trusted, request.RequestUri, certificate, errors);
        }

        return handler;
    }

    internal static HttpPipelineTransport Create(AzureCloud cloud) => new HttpClientTransport(CreateHandler(cloud));

    private static bool IsAccepted(AzureCloud cloud, X509Certificate2 trusted, Uri? address, X509Certificate2? presented, SslPolicyErrors errors)
    {
        if (address is null || !cloud.Owns(address))
        {
            return errors == SslPolicyErrors.None;
        }

        return presented is not null && presented.RawDataMemory.Span.SequenceEqual(trusted.RawDataMemory.Span);
    }
}

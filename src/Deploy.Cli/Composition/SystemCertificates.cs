using System.Security.Cryptography.X509Certificates;

namespace Deploy.Cli.Composition;

/// <summary>The certificates that the system trusts: hundreds of files on Linux, and the first TLS connection of a process waits until they are read.</summary>
internal static class SystemCertificates
{
    /// <summary>Reads them beside whatever else there is to do. What goes wrong here, goes wrong again where a connection needs them, and is told there.</summary>
    public static void ReadAhead()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Task.Run(() =>
            {
                using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
                return store.Certificates.Count;
            });
        }
    }
}

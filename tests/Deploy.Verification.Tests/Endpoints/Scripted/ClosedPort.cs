using System.Net;
using System.Net.Sockets;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>A port on loopback where nothing listens.</summary>
internal static class ClosedPort
{
    public static int Draw()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

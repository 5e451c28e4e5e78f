using System.Net;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Hosting;

/// <summary>The names under which the local Azure may be addressed: those of the loopback, and the address it was told to listen on.</summary>
internal sealed class LocalNames(IPAddress? listen)
{
    private readonly bool _anyAddress = listen is not null && (listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any));
    private readonly string[] _names = ["127.0.0.1", "localhost", "[::1]", StorePorts.Authority(listen)];

    // Listening on all addresses, any of them may be meant; a name may still be a page's own.
    public bool Contains(HostString host) => _names.Contains(host.Host, StringComparer.OrdinalIgnoreCase) || (_anyAddress && IPAddress.TryParse(host.Host, out _));

    public override string ToString() => string.Join(", ", _names.Distinct()) + (_anyAddress ? " and addresses" : "");
}

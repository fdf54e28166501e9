using System.Net;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Server.Access;

/// <summary>The names under which the service may be called. Any other name in the Host header can be that of a page whose name was bound to this machine afterwards.</summary>
internal sealed class OurAddresses
{
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _scheme;

    /// <param name="scheme">The scheme, http or https.</param>
    /// <param name="address">The address that the service listens on.</param>
    /// <param name="port">The port.</param>
    /// <param name="names">Further names, with or without a port.</param>
    public OurAddresses(string scheme, IPAddress address, int port, IEnumerable<string> names)
    {
        _scheme = scheme;
        var any = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        var hosts = new List<string> { "127.0.0.1", "localhost", "[::1]" };
        if (!any) hosts.Add(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString());
        foreach (var host in hosts.Concat(names))
        {
            var given = new HostString(host);
            _hosts.Add(given.Port is null ? $"{host}:{port}" : host);
            // Clients leave out the port of the scheme.
            if (given.Port is null && port == (scheme == "https" ? 443 : 80)) _hosts.Add(host);
        }
    }

    /// <summary>Whether the Host header of a request is ours.</summary>
    public bool IsOurs(HostString host) => host.HasValue && _hosts.Contains(host.Value!);

    /// <summary>Whether an Origin header is ours.</summary>
    public bool IsOurs(string origin) => origin.StartsWith($"{_scheme}://", StringComparison.OrdinalIgnoreCase) && _hosts.Contains(origin[(_scheme.Length + 3)..]);
}

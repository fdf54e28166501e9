using System.Net;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Server.Access;

/// <summary>The names under which the service may be called. Any other name in the Host header can be that of a page whose name was bound to this machine afterwards.</summary>
internal sealed class OurAddresses
{
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _secure = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="scheme">The scheme, http or https.</param>
    /// <param name="address">The address that the service listens on.</param>
    /// <param name="port">The port.</param>
    /// <param name="names">Further names, with or without a port, or whole origins such as <c>https://skm.example</c>, as a proxy before the service has them.</param>
    public OurAddresses(string scheme, IPAddress address, int port, IEnumerable<string> names)
    {
        var any = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        var hosts = new List<string> { "127.0.0.1", "localhost", "[::1]" };
        if (!any) hosts.Add(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString());
        foreach (var host in hosts.Concat(names))
        {
            if (OriginOf(host) is { } origin)
            {
                Add(origin.Scheme, origin.Host, origin.Port);
                continue;
            }

            var given = new HostString(host);
            if (given.Port is { } own) Add(scheme, host[..host.LastIndexOf(':')], own);
            else Add(scheme, host, port);
        }
    }

    /// <summary>Reads a whole origin. Null for a name that is none.</summary>
    public static Uri? OriginOf(string name) =>
        Uri.TryCreate(name, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" } ? uri : null;

    /// <summary>Whether the Host header of a request is ours.</summary>
    public bool IsOurs(HostString host) => host.HasValue && _hosts.Contains(host.Value!);

    /// <summary>Whether an Origin header is ours.</summary>
    public bool IsOurs(string origin) => _origins.Contains(origin);

    /// <summary>Whether browsers call the service by this name with TLS.</summary>
    public bool IsSecure(HostString host) => host.HasValue && _secure.Contains(host.Value!);

    private void Add(string scheme, string name, int port)
    {
        // Clients leave out the port of the scheme.
        string[] spellings = port == (scheme == "https" ? 443 : 80) ? [$"{name}:{port}", name] : [$"{name}:{port}"];
        foreach (var host in spellings)
        {
            _hosts.Add(host);
            _origins.Add($"{scheme}://{host}");
            if (scheme == "https") _secure.Add(host);
        }
    }
}

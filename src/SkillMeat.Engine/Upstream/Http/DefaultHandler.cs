using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>Creates the handler that sends requests outside tests.</summary>
internal static class DefaultHandler
{
    /// <summary>
    /// Creates a handler without cookies and redirects, with gzip and Brotli, and with the proxy of the environment. Connections are renewed
    /// regularly, because DNS answers can change during a long PowerShell session.
    /// </summary>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };
}

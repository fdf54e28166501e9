using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>The innermost handler that runs outside tests.</summary>
internal static class DefaultHandler
{
    /// <summary>
    /// Makes a handler without cookies and redirects, with gzip and Brotli, and with the proxy that the environment names.
    /// Connections are renewed now and then because a long PowerShell session outlives DNS answers.
    /// </summary>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };
}

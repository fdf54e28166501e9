using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SkillMeat.Server.Hosting;

/// <summary>Where the server listens, and what it takes from clients: no more than this service needs, and not for longer.</summary>
internal static class KestrelSetup
{
    /// <summary>The largest body, unless an endpoint says otherwise.</summary>
    public const long MostBodyBytes = 4 << 20;

    /// <summary>The largest number of open connections.</summary>
    public const int MostConnections = 512;

    private const int MostHeaders = 64;
    private const int MostHeaderBytes = 16 << 10;
    private const int MostRequestLineBytes = 8 << 10;
    private const int LeastBytesPerSecond = 240;

    private static readonly TimeSpan _headers = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    public static void Apply(KestrelServerOptions kestrel, ServerOptions options, OpenConnections connections, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = MostBodyBytes;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        limits.MaxRequestLineSize = MostRequestLineBytes;
        limits.RequestHeadersTimeout = _headers;
        limits.KeepAliveTimeout = _keepAlive;
        limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, _grace);
        limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, _grace);
        kestrel.Listen(new IPEndPoint(options.Address, port), listen =>
        {
            listen.Use(next => connection => connections.RunAsync(next, connection));
            if (options.Certificate is not { } certificate)
            {
                listen.Protocols = HttpProtocols.Http1;
                return;
            }

            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        });
    }
}

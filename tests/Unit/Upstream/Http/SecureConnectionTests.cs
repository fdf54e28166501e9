using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Logging;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class SecureConnectionTests
{
    [Fact]
    public async Task Https_uses_HTTP_2_where_it_is_offered_and_Brotli_is_unpacked()
    {
        await using var server = await StartAsync(async context => await context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Headers.Authorization}"));
        using var handler = Trusting();
        using var http = Client(server, handler);

        var answer = await http.SendAsync(Get(server, "api/v3/x"), TestContext.Current.CancellationToken);

        Assert.Equal($"HTTP/2 Bearer {HttpRig.Secret}", Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused_before_anything_is_sent()
    {
        await using var plain = LoopbackServer.Script(Reply.Json("{}"));
        await using var server = await StartAsync(context => { context.Response.Redirect($"{plain.Root}x"); return Task.CompletedTask; });
        using var handler = Trusting();
        using var http = Client(server, handler);

        var error = await HttpRig.RefusedAsync(http, Get(server, "api/v3/x"), ErrorIds.UpstreamUnavailable);

        Assert.Contains("redirects from https to http, which is not safe", error.Message, StringComparison.Ordinal);
        Assert.Empty(plain.Requests);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_an_error_at_once()
    {
        int requests = 0;
        await using var server = await StartAsync(_ => { requests++; return Task.CompletedTask; });
        using var http = new UpstreamHttp(HttpRig.QuickWithToken with { BaseDelay = TimeSpan.FromHours(1) }, HttpRig.HostsOf(Root(server)), TimeProvider.System);

        var error = await HttpRig.RefusedAsync(http, Get(server, "api/v3/x"), ErrorIds.UpstreamUnavailable);

        Assert.Contains("is not trustworthy: The remote certificate is invalid", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("let this system trust that certificate (on Linux, SSL_CERT_FILE or SSL_CERT_DIR can name it).", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    [Theory]
    [InlineData("GET", false)]
    [InlineData("GET", true)]
    [InlineData("POST", false)]
    [InlineData("POST", true)]
    public async Task A_request_that_is_reset_over_HTTP_2_is_sent_again_over_HTTP_1_1_where_the_host_then_stays(string method, bool inTheBody)
    {
        var protocols = new ConcurrentQueue<string>();
        await using var server = await StartAsync(async context =>
        {
            protocols.Enqueue(context.Request.Protocol);
            if (context.Request.Protocol != "HTTP/2")
            {
                await context.Response.WriteAsync("fine");
                return;
            }

            if (inTheBody)
            {
                await context.Response.WriteAsync("fi");
                await context.Response.Body.FlushAsync();
            }

            context.Features.Get<IHttpResetFeature>()!.Reset(2);
        });
        using var handler = Trusting();
        using var http = new UpstreamHttp(HttpRig.Quick with { MaxRetries = 0 }, HttpRig.HostsOf(Root(server)), TimeProvider.System, handler);
        var request = Get(server, "o/r.git/git-upload-pack") with { Role = HostRole.GitObjects, Method = new HttpMethod(method), Content = method == "POST" ? "0000"u8.ToArray() : null };

        for (var i = 0; i < 2; i++) Assert.Equal("fine", Encoding.UTF8.GetString((await http.SendAsync(request, TestContext.Current.CancellationToken)).Body.Span));

        Assert.Equal(["HTTP/2", "HTTP/1.1", "HTTP/1.1"], protocols);
    }

    [Fact]
    public async Task A_host_that_resets_everything_costs_one_attempt_more()
    {
        var requests = 0;
        await using var server = await StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            if (context.Features.Get<IHttpResetFeature>() is { } reset) reset.Reset(2);
            else context.Abort();
            return Task.CompletedTask;
        });
        using var handler = Trusting();
        using var http = new UpstreamHttp(HttpRig.Quick with { MaxRetries = 0 }, HttpRig.HostsOf(Root(server)), TimeProvider.System, handler);

        await HttpRig.RefusedAsync(http, Get(server, "api/v3/x"), ErrorIds.UpstreamUnavailable);

        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task Git_that_is_limited_over_HTTP_2_is_tried_once_over_HTTP_1_1()
    {
        var protocols = new ConcurrentQueue<string>();
        await using var server = await StartAsync(context =>
        {
            protocols.Enqueue(context.Request.Protocol);
            if (context.Request.Protocol != "HTTP/2") return context.Response.WriteAsync("fine");
            context.Response.StatusCode = 401;
            context.Response.Headers["x-github-edge-message"] = "GitHub is temporarily limiting some unauthenticated downloads";
            return Task.CompletedTask;
        });
        using var handler = Trusting();
        using var http = new UpstreamHttp(HttpRig.Quick, HttpRig.HostsOf(Root(server)), TimeProvider.System, handler);
        var request = Get(server, "o/r.git/git-upload-pack") with { Role = HostRole.GitObjects, Method = HttpMethod.Post, Content = "0000"u8.ToArray() };

        Assert.Equal("fine", Encoding.UTF8.GetString((await http.SendAsync(request, TestContext.Current.CancellationToken)).Body.Span));

        Assert.Equal(["HTTP/2", "HTTP/1.1"], protocols);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(SelfSigned())));
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.MimeTypes = ["text/plain"];
        });
        var server = builder.Build();
        server.UseResponseCompression();
        server.Run(context =>
        {
            context.Response.ContentType = "text/plain";
            return answer(context);
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows cannot use a server key that exists only in memory.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }

    private static SocketsHttpHandler Trusting()
    {
        var handler = DefaultHandler.Create();
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1" };
        return handler;
    }

    private static Uri Root(WebApplication server) => new(server.Urls.Single() + "/");

    private static UpstreamHttp Client(WebApplication server, HttpMessageHandler handler) =>
        new(HttpRig.QuickWithToken, HttpRig.HostsOf(Root(server)), TimeProvider.System, handler);

    private static UpstreamHttpRequest Get(WebApplication server, string path) => new() { Uri = new Uri(Root(server), path), What = "repository o/r", Role = HostRole.Api };
}

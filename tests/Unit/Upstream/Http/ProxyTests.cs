using System.Net;
using System.Net.Sockets;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class ProxyTests
{
    private const string Password = "pr0xy-S3cret";

    [Theory]
    [InlineData(407, "put its user name and password into HTTPS_PROXY.")]
    [InlineData(403, "ask who runs it, or name the host in NO_PROXY.")]
    public async Task A_proxy_that_lets_nothing_through_is_named_at_once(int status, string advice)
    {
        await using var proxy = LoopbackServer.Script(Reply.Of(status));
        using var handler = Through(proxy.Root);
        using var http = new UpstreamHttp(HttpRig.Quick with { BaseDelay = TimeSpan.FromHours(1) }, GitHubHosts.DotCom, TimeProvider.System, handler);

        var error = await HttpRig.RefusedAsync(http, Get("https://git.example.com/o/r"), ErrorIds.UpstreamUnavailable);

        Assert.Equal($"repository o/r: the proxy http://{proxy.Root.Authority} does not let requests to git.example.com through ({status}); {advice}", error.Message);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        Assert.All(proxy.Requests, request => Assert.Equal(("CONNECT", "git.example.com:443"), (request.Method, request.Target)));
    }

    [Fact]
    public async Task A_proxy_that_wants_a_password_for_plain_http_is_named_too()
    {
        await using var proxy = LoopbackServer.Script(Reply.Of(407));
        using var handler = Through(proxy.Root);
        using var http = new UpstreamHttp(HttpRig.Quick, GitHubHosts.DotCom, TimeProvider.System, handler);

        var error = await HttpRig.RefusedAsync(http, Get("http://git.example.com/o/r"), ErrorIds.UpstreamUnavailable);

        Assert.StartsWith($"repository o/r: the proxy http://{proxy.Root.Authority} does not let requests to git.example.com through (407)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named_without_its_password()
    {
        using var handler = Through(new Uri($"http://127.0.0.1:{FreePort()}"));
        using var http = new UpstreamHttp(HttpRig.Quick with { MaxRetries = 1 }, GitHubHosts.DotCom, TimeProvider.System, handler);

        var error = await HttpRig.RefusedAsync(http, Get("https://git.example.com/o/r"), ErrorIds.UpstreamUnavailable);

        Assert.Contains("(by the proxy http://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_whose_gateway_fails_is_asked_again()
    {
        await using var proxy = LoopbackServer.Script(Reply.Of(502));
        using var handler = Through(proxy.Root);
        using var http = new UpstreamHttp(HttpRig.Quick with { MaxRetries = 2 }, GitHubHosts.DotCom, TimeProvider.System, handler);

        var error = await HttpRig.RefusedAsync(http, Get("https://git.example.com/o/r"), ErrorIds.UpstreamUnavailable);

        Assert.Contains("in 3 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, proxy.Requests.Count);
    }

    [Fact]
    public void Hosts_that_are_asked_directly_have_no_proxy()
    {
        using var handler = new SocketsHttpHandler { Proxy = new WebProxy(new Uri("http://ada:pw@proxy.example:3128"), BypassOnLocal: false, ["https://direct\\.example"]) };
        var proxy = new ProxyInUse(handler);

        Assert.Equal("http://proxy.example:3128/", proxy.Find(new Uri("https://git.example.com"))?.AbsoluteUri);
        Assert.Null(proxy.Find(new Uri("https://direct.example/x")));
    }

    private static SocketsHttpHandler Through(Uri proxy)
    {
        var handler = DefaultHandler.Create();
        handler.Proxy = new WebProxy(proxy) { Credentials = new NetworkCredential("ada", Password) };
        return handler;
    }

    private static UpstreamHttpRequest Get(string address) => new() { Uri = new Uri(address), What = "repository o/r", Role = HostRole.Git };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

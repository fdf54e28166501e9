using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class RedirectTests
{
    private static readonly Reply Fine = Reply.Json("""{"name": "fine"}""");

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_renamed_repository_is_followed_with_the_token(int status)
    {
        await using var server = LoopbackServer.Script(Reply.Of(status, "moved", "Location: /api/v3/repositories/17?x=1"), Fine);
        using var http = HttpRig.Client(server);

        var answer = await http.SendAsync(HttpRig.Get(server), TestContext.Current.CancellationToken);

        Assert.Equal(new Uri(server.Root, "api/v3/repositories/17?x=1"), answer.Response.FinalUri);
        Assert.All(server.Requests, request => Assert.Equal($"Bearer {HttpRig.Secret}", request.Header("Authorization")));
        Assert.True(answer.Response.TokenSent);
    }

    [Fact]
    public async Task Another_host_never_gets_the_token_nor_does_the_first_when_it_comes_back()
    {
        Uri? home = null;
        await using var other = new LoopbackServer(_ => Reply.Of(302, "", $"Location: {home}api/v3/again"));
        await using var server = new LoopbackServer(request => request.Number == 1 ? Reply.Of(302, "", $"Location: {other.Root}elsewhere") : Fine);
        home = server.Root;
        using var http = HttpRig.Client(server);

        var answer = await http.SendAsync(HttpRig.Get(server), TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(other.Requests).Header("Authorization"));
        Assert.NotNull(server.Requests[0].Header("Authorization"));
        Assert.Null(server.Requests[1].Header("Authorization"));
        Assert.False(answer.Response.TokenSent);
    }

    [Fact]
    public async Task The_same_machine_under_another_name_is_another_host()
    {
        await using var server = new LoopbackServer(r => r.Number == 1 ? Reply.Of(307, "", $"Location: http://localhost:{r.Header("Host")!.Split(':')[1]}/x") : Fine);
        using var http = HttpRig.Client(server);

        await http.SendAsync(HttpRig.Get(server), TestContext.Current.CancellationToken);

        Assert.Null(server.Requests[1].Header("Authorization"));
    }

    [Fact]
    public async Task A_post_is_sent_again_only_where_the_redirect_says_so()
    {
        await using var server = LoopbackServer.Script(Reply.Of(307, "", "Location: /there"), Fine);
        using var http = HttpRig.Client(server);

        await http.SendAsync(Post(server), TestContext.Current.CancellationToken);

        Assert.Equal(["POST", "POST"], server.Requests.Select(r => r.Method));
        Assert.Equal("{\"query\":1}", server.Requests[1].Body);
        Assert.Equal("application/json", server.Requests[1].Header("Content-Type"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task A_post_is_never_turned_into_a_get(int status)
    {
        await using var server = LoopbackServer.Script(Reply.Of(status, "", "Location: /there?token=hidden"), Fine);
        using var http = HttpRig.Client(server);

        var error = await HttpRig.RefusedAsync(http, Post(server), ErrorIds.UpstreamUnavailable);

        Assert.Equal($"GraphQL query: {server.Root.Authority} redirects a POST with {status} to {server.Root}there.", error.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Location: file:///etc/passwd", "redirects from http to file")]
    [InlineData("Location: ftp://127.0.0.1/x", "redirects from http to ftp")]
    [InlineData("X: y", "redirects without an address")]
    public async Task A_redirect_to_no_web_address_is_refused(string header, string says)
    {
        await using var server = LoopbackServer.Script(Reply.Of(302, "", header));
        using var http = HttpRig.Client(server);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamUnavailable);

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_six_are_not()
    {
        await using var server = new LoopbackServer(r => r.Target.Length < 7 ? Reply.Of(302, "", $"Location: {r.Target}a") : Fine);
        using var http = HttpRig.Client(server);

        Assert.Equal("fine", await HttpRig.AskAsync(http, HttpRig.Get(server, "a")));
        int requests = server.Requests.Count;
        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server, ""), ErrorIds.UpstreamUnavailable);

        Assert.Equal(6, requests);
        Assert.Equal(12, server.Requests.Count);
        Assert.Contains("redirects more than 5 times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_info_in_a_redirect_is_dropped()
    {
        await using var server = new LoopbackServer(r => r.Number == 1 ? Reply.Of(302, "", $"Location: http://someone:secret@{r.Header("Host")}/x") : Fine);
        using var http = HttpRig.Client(server);

        var answer = await http.SendAsync(HttpRig.Get(server), TestContext.Current.CancellationToken);

        Assert.Equal(new Uri(server.Root, "x").AbsoluteUri, answer.Response.FinalUri.AbsoluteUri);
    }

    private static UpstreamHttpRequest Post(LoopbackServer server) => new()
    {
        Method = HttpMethod.Post,
        Uri = new Uri(server.Root, "api/graphql"),
        What = "GraphQL query",
        Role = HostRole.GraphQL,
        Expect = ExpectedBody.Json,
        Content = "{\"query\":1}"u8.ToArray(),
        ContentType = "application/json",
    };
}

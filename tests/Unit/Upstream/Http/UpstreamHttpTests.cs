using System.Diagnostics;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class UpstreamHttpTests
{
    private static readonly Reply Fine = Reply.Json("""{"name": "fine"}""");

    [Fact]
    public async Task A_request_says_who_asks_and_what_it_accepts()
    {
        await using var server = LoopbackServer.Script(Fine);
        using var http = HttpRig.Client(server);

        await HttpRig.AskAsync(http, HttpRig.Get(server) with { Headers = [new("X-GitHub-Api-Version", "2022-11-28")] });

        var request = Assert.Single(server.Requests);
        Assert.Equal($"skm/{typeof(UpstreamHttp).Assembly.GetName().Version!.ToString(3)}", request.Header("User-Agent"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal("gzip, br", request.Header("Accept-Encoding"));
        Assert.Equal("2022-11-28", request.Header("X-GitHub-Api-Version"));
        Assert.Null(request.Header("Cookie"));
    }

    [Theory]
    [InlineData(nameof(HostRole.Git))]
    [InlineData(nameof(HostRole.GitObjects))]
    public async Task Git_is_asked_by_an_agent_that_begins_as_git(string role)
    {
        await using var server = LoopbackServer.Script(Fine);
        using var http = HttpRig.Client(server);

        await HttpRig.AskAsync(http, HttpRig.Get(server) with { Role = Enum.Parse<HostRole>(role) });

        Assert.Equal($"git/2.0 (skm {typeof(UpstreamHttp).Assembly.GetName().Version!.ToString(3)})", Assert.Single(server.Requests).Header("User-Agent"));
    }

    [Fact]
    public async Task A_request_can_leave_the_token_out()
    {
        await using var server = LoopbackServer.Script(Fine, Reply.Of(404));
        using var http = HttpRig.Client(server);

        await HttpRig.AskAsync(http, HttpRig.Get(server) with { WithoutToken = true });
        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server) with { WithoutToken = true }, ErrorIds.UpstreamNotFound);

        Assert.All(server.Requests, r => Assert.Null(r.Header("Authorization")));
        Assert.EndsWith("If it is private, it cannot be read without the token from GITHUB_TOKEN.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(HostRole.Api), "Bearer")]
    [InlineData(nameof(HostRole.GraphQL), "Bearer")]
    [InlineData(nameof(HostRole.Git), "Basic")]
    [InlineData(nameof(HostRole.GitObjects), "Basic")]
    [InlineData(nameof(HostRole.Other), null)]
    public async Task The_token_is_presented_as_the_role_wants_it(string role, string? scheme)
    {
        await using var server = LoopbackServer.Script(Fine);
        using var http = HttpRig.Client(server);

        await HttpRig.AskAsync(http, HttpRig.Get(server) with { Role = Enum.Parse<HostRole>(role) });

        string? header = Assert.Single(server.Requests).Header("Authorization");
        Assert.Equal(scheme, header?.Split(' ')[0]);
        if (scheme == "Basic") Assert.Equal($"x-access-token:{HttpRig.Secret}", Encoding.ASCII.GetString(Convert.FromBase64String(header!.Split(' ')[1])));
        if (scheme == "Bearer") Assert.Equal(HttpRig.Secret, header!.Split(' ')[1]);
    }

    [Fact]
    public async Task Not_modified_is_an_answer()
    {
        await using var server = new LoopbackServer(r => r.Header("If-None-Match") == "W/\"abc\"" ? Reply.Of(304, "", "ETag: W/\"abc\"") : Reply.Json("{}", "ETag: W/\"abc\""));
        using var http = HttpRig.Client(server);

        var first = await http.SendAsync(HttpRig.Get(server), TestContext.Current.CancellationToken);
        var second = await http.SendAsync(HttpRig.Get(server) with { Headers = [new("If-None-Match", first.Response.ETag!)] }, TestContext.Current.CancellationToken);

        Assert.Equal("W/\"abc\"", first.Response.ETag);
        Assert.Equal("application/json", first.Response.MediaType);
        Assert.False(first.Response.IsNotModified);
        Assert.True(second.Response.IsNotModified);
        Assert.True(second.Body.IsEmpty);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Compressed_answers_are_unpacked()
    {
        await using var server = LoopbackServer.Script(Reply.Of(200, Reply.Gzip("""{"name": "zipped"}"""), "Content-Encoding: gzip", "Content-Type: application/json"));
        using var http = HttpRig.Client(server);

        Assert.Equal("zipped", await HttpRig.AskAsync(http, HttpRig.Get(server)));
    }

    [Fact]
    public async Task A_page_is_fine_where_any_text_is()
    {
        await using var server = LoopbackServer.Script(Reply.HtmlPage());
        using var http = HttpRig.Client(server);

        var answer = await http.SendAsync(HttpRig.Get(server) with { Expect = ExpectedBody.Any }, TestContext.Current.CancellationToken);

        Assert.Contains("We are down", Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_more_than_four_requests_are_in_flight_and_four_are()
    {
        int now = 0, most = 0;
        await using var server = new LoopbackServer(async _ =>
        {
            int running = Interlocked.Increment(ref now);
            for (int seen = most; running > seen && Interlocked.CompareExchange(ref most, running, seen) != seen; seen = most) { }
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            return Fine;
        });
        using var http = HttpRig.Client(server);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => HttpRig.AskAsync(http, HttpRig.Get(server))));

        Assert.Equal(4, most);
    }

    [Theory]
    [InlineData(4, 8)]
    [InlineData(1, 2)]
    public async Task Of_gits_requests_twice_as_many_are_in_flight_at_a_host(int option, int expected)
    {
        int now = 0, most = 0;
        await using var server = new LoopbackServer(async _ =>
        {
            int running = Interlocked.Increment(ref now);
            for (int seen = most; running > seen && Interlocked.CompareExchange(ref most, running, seen) != seen; seen = most) { }
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            return Fine;
        });
        using var http = HttpRig.Client(server, HttpRig.QuickWithToken with { MaxParallelRequests = option });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => HttpRig.AskAsync(http, HttpRig.Get(server) with { Role = i % 2 == 0 ? HostRole.Git : HostRole.GitObjects })));

        Assert.Equal(expected, most);
    }

    [Fact]
    public async Task A_pause_between_attempts_holds_no_slot()
    {
        await using var server = new LoopbackServer(r => r.Target == "/bad" ? Reply.Of(500) : Fine);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var http = HttpRig.Client(server, HttpRig.Quick with { MaxParallelRequests = 1, Timeout = TimeSpan.FromHours(20), BaseDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(2) });
        var failing = HttpRig.AskAsync(http, HttpRig.Get(server, "bad"), cancel.Token);

        Assert.Equal("fine", await HttpRig.AskAsync(http, HttpRig.Get(server, "good")));

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => failing);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("half a body")]
    [InlineData("back-off")]
    [InlineData("rate limit")]
    [InlineData("slot")]
    public async Task Cancelling_ends_every_kind_of_wait_at_once(string waitingFor)
    {
        await using var server = LoopbackServer.Script(waitingFor switch
        {
            "half a body" => Reply.HalfOf("""{"name": "fine"}""", ReplyEnd.Silence),
            "back-off" => Reply.Of(500),
            "rate limit" => Reply.Of(429, "", "Retry-After: 50"),
            _ => Reply.Silence,
        });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var http = HttpRig.Client(server, HttpRig.Quick with { Timeout = TimeSpan.FromHours(20), BaseDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(2), MaxParallelRequests = 1 });
        var asking = Enumerable.Range(0, waitingFor == "slot" ? 3 : 1).Select(_ => HttpRig.AskAsync(http, HttpRig.Get(server), cancel.Token)).ToArray();
        await Task.Delay(100, TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        foreach (var task in asking) Assert.True((await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)).CancellationToken.IsCancellationRequested);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"took {watch.Elapsed}");
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        UpstreamOptions[] bad =
        [
            new() { MaxParallelRequests = 0 }, new() { MaxRetries = -1 }, new() { MaxRateLimitWaits = 101 }, new() { AttemptTimeout = TimeSpan.Zero },
            new() { BaseDelay = TimeSpan.FromSeconds(-1) }, new() { MaxDelay = TimeSpan.Zero }, new() { MaxRateLimitWait = TimeSpan.FromDays(2) },
        ];
        foreach (var options in bad)
        {
            var error = Assert.Throws<SkillMeatException>(() => new UpstreamHttp(options, GitHubHosts.DotCom, TimeProvider.System));
            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
            Assert.Contains(" must be ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_never_show_the_token() => HttpRig.AssertNoToken(HttpRig.QuickWithToken.ToString());
}

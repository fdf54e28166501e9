using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class RateLimitTests
{
    private static readonly DateTimeOffset ServerNow = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UpstreamOptions Patient = HttpRig.QuickWithToken with { AttemptTimeout = TimeSpan.FromHours(10), Timeout = TimeSpan.FromHours(10) };
    private static readonly Reply Fine = Reply.Json("""{"name": "fine"}""");

    private static Reply UsedUp(TimeSpan untilReset, int status = 403) => Reply.Of(
        status,
        """{"message":"API rate limit exceeded"}""",
        "x-ratelimit-remaining: 0",
        $"x-ratelimit-reset: {(ServerNow + untilReset).ToUnixTimeSeconds()}",
        $"Date: {ServerNow:r}");

    public static TheoryData<string, int> Limits { get; } = new()
    {
        { "primary 403", 45 },
        { "primary 429", 45 },
        { "Retry-After", 30 },
        { "Retry-After date", 25 },
        { "plain 429", 20 },
        { "secondary without a time", 60 },
        { "abuse without a time", 60 },
        { "rate-limited in words", 60 },
        { "rate limit in words", 60 },
    };

    private static Reply Limit(string kind) => kind switch
    {
        "primary 403" => UsedUp(TimeSpan.FromSeconds(45)),
        "primary 429" => UsedUp(TimeSpan.FromSeconds(45), 429),
        "Retry-After" => Reply.Of(403, "{}", "Retry-After: 30"),
        "Retry-After date" => Reply.Of(429, "", $"Retry-After: {ServerNow.AddSeconds(25):r}", $"Date: {ServerNow:r}"),
        "plain 429" => Reply.Of(429, "", "Retry-After: 20"),
        "rate-limited in words" => Reply.Of(429, "This request was rate-limited due to too many requests"),
        "rate limit in words" => Reply.Of(403, """{"message":"You hit the API rate limit."}"""),
        "secondary without a time" => Reply.Of(403, """{"message":"You have exceeded a secondary rate limit. Please wait"}"""),
        _ => Reply.Of(403, """{"message":"You have triggered an abuse detection mechanism."}"""),
    };

    // The local clock is wrong by 17 hours; only the server's clock gives the right waiting time.
    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_short_limit_is_waited_out_whatever_the_local_clock_says(string kind, int seconds)
    {
        var time = new ManualTimeProvider(ServerNow.AddHours(-17));
        await using var server = LoopbackServer.Script(Limit(kind), Fine);
        using var http = HttpRig.Client(server, Patient, time);

        var asking = HttpRig.AskAsync(http, HttpRig.Get(server));
        var wait = await time.TimerAsync(due => due < TimeSpan.FromHours(9)).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
        time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("fine", await asking);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_long_limit_is_an_error_that_names_the_reset()
    {
        await using var server = LoopbackServer.Script(UsedUp(TimeSpan.FromMinutes(40)));
        using var http = HttpRig.Client(server, Patient, new ManualTimeProvider(ServerNow.AddDays(3)));

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamRateLimited);

        Assert.Equal($"repository o/r: the rate limit of {server.Root.Authority} is used up until 2026-01-01T12:40:00Z.", error.Message);
        Assert.Equal(ServerNow.AddMinutes(40), error.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Without_a_token_the_error_says_what_one_would_change()
    {
        await using var server = LoopbackServer.Script(UsedUp(TimeSpan.FromMinutes(40)));
        using var http = HttpRig.Client(server, Patient with { Token = null }, new ManualTimeProvider(ServerNow));

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamRateLimited);

        Assert.EndsWith("A token raises GitHub's limit from 60 to 5,000 requests an hour: set GITHUB_TOKEN, or log in with 'gh auth login'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_long_limit_the_host_is_not_asked_again_until_it_is_nearly_over()
    {
        var time = new ManualTimeProvider(ServerNow);
        await using var server = LoopbackServer.Script(UsedUp(TimeSpan.FromMinutes(40)), Fine);
        using var http = HttpRig.Client(server, Patient, time);
        await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamRateLimited);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server, "api/v3/other"), ErrorIds.UpstreamRateLimited);
        Assert.Equal(ServerNow.AddMinutes(40), error.RetryAfter);
        Assert.Single(server.Requests);

        time.Advance(TimeSpan.FromMinutes(39.5));
        var asking = HttpRig.AskAsync(http, HttpRig.Get(server));
        Assert.Equal(TimeSpan.FromSeconds(30), await time.TimerAsync(due => due < TimeSpan.FromHours(9)));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("fine", await asking);
    }

    [Fact]
    public async Task A_used_up_interface_does_not_close_git_on_the_same_host()
    {
        await using var server = LoopbackServer.Script(UsedUp(TimeSpan.FromMinutes(40)), Fine);
        using var http = HttpRig.Client(server, Patient, new ManualTimeProvider(ServerNow));
        await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamRateLimited);

        Assert.Equal("fine", await HttpRig.AskAsync(http, HttpRig.Get(server, "o/r/info/refs") with { Role = HostRole.Git, Expect = ExpectedBody.Any }));
    }

    [Fact]
    public async Task A_pause_holds_back_everyone_who_asks_that_host_and_nobody_else()
    {
        var time = new ManualTimeProvider(ServerNow);
        await using var limited = LoopbackServer.Script(Reply.Of(429, "", "Retry-After: 30"), Fine);
        await using var other = LoopbackServer.Script(Fine);
        using var http = HttpRig.Client(limited, Patient, time);
        var first = HttpRig.AskAsync(http, HttpRig.Get(limited));
        await time.TimerAsync(due => due == TimeSpan.FromSeconds(30));

        var held = Enumerable.Range(0, 10).Select(_ => HttpRig.AskAsync(http, HttpRig.Get(limited))).ToArray();

        Assert.Equal("fine", await HttpRig.AskAsync(http, HttpRig.Get(other)));
        Assert.Single(limited.Requests);
        time.Advance(TimeSpan.FromSeconds(30));
        await first;
        await Task.WhenAll(held);
        Assert.Equal(12, limited.Requests.Count);
    }

    [Fact]
    public async Task A_host_that_never_stops_limiting_is_given_up_by_all()
    {
        var time = new ManualTimeProvider(ServerNow);
        await using var server = LoopbackServer.Script(Reply.Of(429, "", "Retry-After: 10"));
        using var http = HttpRig.Client(server, Patient with { MaxRateLimitWaits = 2 }, time);

        var asking = Enumerable.Range(0, 20).Select(_ => HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamSecondaryRateLimited)).ToArray();
        var all = Task.WhenAll(asking);
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, time.TimerAsync(due => due <= TimeSpan.FromSeconds(10)));
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await all;
        // Three waves of four. Time moves while answers are under way, so that a straggler may open another; without the bound it were 20 times 3.
        Assert.InRange(server.Requests.Count, 3, 2 * 3 * 4);
    }

    [Fact]
    public async Task A_limit_that_only_the_body_tells_is_signalled_by_the_reader()
    {
        var time = new ManualTimeProvider(ServerNow.AddHours(5));
        await using var server = LoopbackServer.Script(
            Reply.Json("{}", "x-ratelimit-remaining: 0", $"x-ratelimit-reset: {ServerNow.AddSeconds(50).ToUnixTimeSeconds()}", $"Date: {ServerNow:r}"), Fine);
        using var http = HttpRig.Client(server, Patient, time);

        var asking = http.SendAsync(
            HttpRig.Get(server), (_, response, _) => response.Header("x-ratelimit-remaining") == "0" ? throw new RateLimitedException("RATE_LIMITED") : Task.FromResult("fine"), TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(50), await time.TimerAsync(due => due < TimeSpan.FromHours(9)));
        time.Advance(TimeSpan.FromSeconds(50));

        Assert.Equal("fine", await asking);
    }

    [Fact]
    public async Task A_secondary_limit_in_a_body_is_not_waited_for_until_the_hour_is_over()
    {
        var time = new ManualTimeProvider(ServerNow);
        var limited = Reply.Json(
            "{}", "x-ratelimit-remaining: 4999", $"x-ratelimit-reset: {ServerNow.AddMinutes(50).ToUnixTimeSeconds()}", $"Date: {ServerNow:r}");
        await using var server = LoopbackServer.Script(limited, Fine);
        using var http = HttpRig.Client(server, Patient, time);

        var asking = http.SendAsync(
            HttpRig.Get(server),
            (_, response, _) => response.Header("x-ratelimit-remaining") is null ? Task.FromResult("fine") : throw new RateLimitedException("You have exceeded a secondary rate limit"),
            TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(60), await time.TimerAsync(due => due < TimeSpan.FromHours(9)));
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("fine", await asking);
    }

    [Fact]
    public async Task A_busy_server_that_wants_a_long_rest_is_unavailable_until_then()
    {
        await using var server = LoopbackServer.Script(Reply.Of(503, "", "Retry-After: 3600"));
        using var http = HttpRig.Client(server, Patient, new ManualTimeProvider(ServerNow));

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamUnavailable);

        Assert.Equal($"repository o/r: {server.Root.Authority} is not available (HTTP 503) and asks to try again after 2026-01-01T13:00:00Z.", error.Message);
        Assert.Equal(ServerNow.AddHours(1), error.RetryAfter);
    }

    [Theory]
    [InlineData("x-ratelimit-reset: 99999999999999999999")]
    [InlineData("x-ratelimit-reset: soon")]
    [InlineData("x-ratelimit-reset: -5")]
    public async Task A_reset_that_makes_no_sense_is_a_minute(string header)
    {
        var time = new ManualTimeProvider(ServerNow);
        await using var server = LoopbackServer.Script(Reply.Of(403, "{}", "x-ratelimit-remaining: 0", header), Fine);
        using var http = HttpRig.Client(server, Patient, time);

        var asking = HttpRig.AskAsync(http, HttpRig.Get(server));
        Assert.Equal(TimeSpan.FromSeconds(60), await time.TimerAsync(due => due < TimeSpan.FromHours(9)));
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("fine", await asking);
    }

    public static TheoryData<string> ClosedDoors => ["401 with a header", "401 with a header and a time", "403 with a header", "401 after an open list", "429", "429 and a time", "429 in words", "403 in words", "403 in words and a time"];

    [Theory]
    [MemberData(nameof(ClosedDoors))]
    public async Task Git_without_a_token_is_limited_for_a_minute_and_for_objects_only_and_nobody_waits(string kind)
    {
        var time = new ManualTimeProvider(ServerNow);
        var open = false;
        await using var server = new LoopbackServer(r => r.Method == "GET" || open ? Fine : kind switch
        {
            "401 with a header" => Reply.Of(401, "", "x-github-edge-message: limited"),
            "401 with a header and a time" => Reply.Of(401, "", "x-github-edge-message: limited", "Retry-After: 50"),
            "403 with a header" => Reply.Of(403, "", "x-github-edge-message: limited"),
            "401 after an open list" => Reply.Of(401),
            "429" => Reply.Of(429),
            "429 and a time" => Reply.Of(429, "", "Retry-After: 50"),
            "403 in words and a time" => Reply.Of(403, "You have exceeded a rate limit.", "Retry-After: 50"),
            "429 in words" => Reply.Of(429, "This request was rate-limited due to too many requests"),
            _ => Reply.Of(403, "You have exceeded a rate limit."),
        });
        using var http = HttpRig.Client(server, Patient with { Token = null }, time);
        var refs = HttpRig.Get(server, "o/r.git/info/refs") with { Role = HostRole.Git, Expect = ExpectedBody.Any };
        var objects = Objects(server, "o/r.git/git-upload-pack");
        await HttpRig.AskAsync(http, refs);

        var error = await HttpRig.RefusedAsync(http, objects, ErrorIds.UpstreamRateLimited);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => HttpRig.RefusedAsync(http, Objects(server, $"o/r{i}/git-upload-pack"), ErrorIds.UpstreamRateLimited)));

        Assert.Equal($"{server.Root.Authority} currently limits git without a token; a token helps: set GITHUB_TOKEN, or log in with 'gh auth login'.", error.Message);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal("fine", await HttpRig.AskAsync(http, refs));
        open = true;
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("fine", await HttpRig.AskAsync(http, objects));
    }

    [Fact]
    public async Task A_401_that_comes_before_the_open_list_closes_the_door_once_the_list_is_there()
    {
        await using var server = new LoopbackServer(r => r.Method == "GET" ? Fine : Reply.Of(401));
        using var http = HttpRig.Client(server, Patient with { Token = null }, new ManualTimeProvider(ServerNow));

        await HttpRig.RefusedAsync(http, Objects(server, "o/r.git/git-upload-pack"), ErrorIds.UpstreamNotFound);
        await HttpRig.AskAsync(http, HttpRig.Get(server, "o/r.git/info/refs") with { Role = HostRole.Git, Expect = ExpectedBody.Any });
        await HttpRig.RefusedAsync(http, Objects(server, "o/other.git/git-upload-pack"), ErrorIds.UpstreamRateLimited);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task On_another_host_it_is_the_credential_helper_that_helps()
    {
        await using var server = LoopbackServer.Script(Reply.Of(429));
        using var http = new UpstreamHttp(HttpRig.QuickWithToken, HttpRig.HostsOf(new Uri("https://github.com/")), TimeProvider.System);

        var error = await HttpRig.RefusedAsync(http, Objects(server, "o/r/git-upload-pack"), ErrorIds.UpstreamRateLimited);

        Assert.EndsWith("a token helps: give a user name and a password or token to git's credential helper ('git credential approve').", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    private static UpstreamHttpRequest Objects(LoopbackServer server, string path) =>
        HttpRig.Get(server, path) with { Role = HostRole.GitObjects, Method = HttpMethod.Post, Content = "0000"u8.ToArray(), Expect = ExpectedBody.Any };
}

using System.Diagnostics;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

/// <summary>However a server stalls, a request ends when the time-out is over.</summary>
public sealed class TimeoutTests
{
    private const string Answer = """{"name": "Hello-World", "padding": "................................................................"}""";

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    // The attempts alone would take five times 20 seconds.
    private static readonly UpstreamOptions Options = HttpRig.QuickWithToken with { Timeout = Short };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Reply Stall(string kind) => kind switch
    {
        "no answer" => Reply.Silence,
        "half a head" => new Reply("HTTP/1.1 200 OK\r\nContent-Type: appl"u8.ToArray(), ReplyEnd.Silence),
        "a trickling head" => new Reply("HTTP/1.1 200 OK\r\nX-A: "u8.ToArray(), ReplyEnd.Trickle),
        "a head only" => new Reply("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"u8.ToArray(), ReplyEnd.Silence),
        "half a body" => Reply.HalfOf(Answer, ReplyEnd.Silence),
        "a refusal that stalls" => new Reply("HTTP/1.1 403 Forbidden\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray(), ReplyEnd.Silence),
        _ => new Reply("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), ReplyEnd.Trickle),
    };

    [Theory]
    [InlineData("no answer")]
    [InlineData("half a head")]
    [InlineData("a trickling head")]
    [InlineData("a head only")]
    [InlineData("half a body")]
    [InlineData("a refusal that stalls")]
    [InlineData("a trickling body")]
    public async Task A_stalled_server_ends_after_the_time_out(string kind)
    {
        foreach (var role in Enum.GetValues<HostRole>())
        {
            await using var server = LoopbackServer.Script(Stall(kind));
            using var http = HttpRig.Client(server, Options);
            var watch = Stopwatch.StartNew();

            var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server) with { Role = role }, ErrorIds.UpstreamUnavailable);

            Assert.InRange(watch.Elapsed, Short * 0.9, Short * 8);
            Assert.Contains("within the time-out of 1 s", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_attempts_share_the_time_out()
    {
        await using var server = LoopbackServer.Script(Reply.Silence);
        using var http = HttpRig.Client(server, Options with { AttemptTimeout = Short / 3, MaxRetries = 20 });

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamUnavailable);

        Assert.InRange(server.Requests.Count, 2, 4);
        Assert.Contains($"in {server.Requests.Count} attempts within the time-out of 1 s; the last error: no answer within 0.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_back_off_counts_and_is_not_waited_out_in_vain()
    {
        await using var server = LoopbackServer.Script(Reply.Of(502));
        using var http = HttpRig.Client(server, Options with { BaseDelay = TimeSpan.FromMinutes(5), MaxDelay = TimeSpan.FromMinutes(10) });

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamUnavailable);

        Assert.Contains("in 1 attempt within the time-out of 1 s; the last error: HTTP 502.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_host_is_not_asked_again_and_one_that_answers_is()
    {
        await using var silent = LoopbackServer.Script(Reply.Silence);
        await using var other = LoopbackServer.Script(Reply.Json(Answer));
        using var http = HttpRig.Client(silent, Options with { MaxParallelRequests = 2 });
        var watch = Stopwatch.StartNew();

        // Far more than the host gets at once: without a memory, they would take turns.
        var errors = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => HttpRig.RefusedAsync(http, HttpRig.Get(silent), ErrorIds.UpstreamUnavailable)));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Short * 8);
        Assert.InRange(silent.Requests.Count, 1, 4);
        Assert.Contains(errors, e => e.Message.EndsWith("did not answer an earlier request in time, so it is not asked again.", StringComparison.Ordinal));
        Assert.Equal("Hello-World", await HttpRig.AskAsync(http, HttpRig.Get(other) with { Uri = new Uri(other.Root, "x") }));
    }

    [Fact]
    public async Task A_host_that_answers_others_is_asked_again_after_one_that_stalled()
    {
        await using var server = new LoopbackServer(request => request.Target.EndsWith("slow", StringComparison.Ordinal) ? Reply.Silence : Reply.Json(Answer));
        using var http = HttpRig.Client(server, Options);

        var stalled = HttpRig.RefusedAsync(http, HttpRig.Get(server, "api/v3/slow"), ErrorIds.UpstreamUnavailable);
        await HttpRig.AskAsync(http, HttpRig.Get(server));
        await stalled;

        Assert.Equal("Hello-World", await HttpRig.AskAsync(http, HttpRig.Get(server)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(502)]
    [InlineData(401)]
    public async Task A_host_that_refuses_others_is_not_silent(int status)
    {
        await using var server = new LoopbackServer(request => request.Target.EndsWith("slow", StringComparison.Ordinal) ? Reply.Silence : Reply.Of(status));
        using var http = HttpRig.Client(server, Options with { MaxRetries = 1, BaseDelay = TimeSpan.FromMilliseconds(1) });

        var stalled = HttpRig.RefusedAsync(http, HttpRig.Get(server, "api/v3/slow"), ErrorIds.UpstreamUnavailable);
        await Assert.ThrowsAsync<UpstreamException>(() => HttpRig.AskAsync(http, HttpRig.Get(server)));
        await stalled;

        var error = await Assert.ThrowsAsync<UpstreamException>(() => HttpRig.AskAsync(http, HttpRig.Get(server)));
        Assert.DoesNotContain("not asked again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_that_a_redirect_leads_to_is_silent_and_not_the_one_that_redirects()
    {
        await using var silent = LoopbackServer.Script(Reply.Silence);
        await using var server = new LoopbackServer(request => request.Target.EndsWith("moved", StringComparison.Ordinal) ? Reply.Of(302, "", $"Location: {silent.Root}there") : Reply.Json(Answer));
        using var http = HttpRig.Client(server, Options);

        await HttpRig.RefusedAsync(http, HttpRig.Get(server, "api/v3/moved"), ErrorIds.UpstreamUnavailable);

        Assert.Equal("Hello-World", await HttpRig.AskAsync(http, HttpRig.Get(server)));
        var again = await HttpRig.RefusedAsync(http, HttpRig.Get(server, "api/v3/moved"), ErrorIds.UpstreamUnavailable);
        Assert.EndsWith($"{silent.Root.Authority} did not answer an earlier request in time, so it is not asked again.", again.Message, StringComparison.Ordinal);
        // A timer that fires a moment early leaves time for a second attempt of the first question.
        Assert.InRange(silent.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task A_silent_host_is_asked_again_after_the_time_out()
    {
        var isSilent = true;
        await using var server = new LoopbackServer(_ => Volatile.Read(ref isSilent) ? Reply.Silence : Reply.Json(Answer));
        using var http = HttpRig.Client(server, Options);
        await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamUnavailable);

        Volatile.Write(ref isSilent, false);
        await Task.Delay(Short * 1.1, Cancellation);

        Assert.Equal("Hello-World", await HttpRig.AskAsync(http, HttpRig.Get(server)));
    }

    [Fact]
    public void A_long_answer_that_keeps_coming_uses_up_nothing()
    {
        var progress = 0;
        var budget = new WaitBudget(TimeSpan.FromSeconds(10), () => progress++);

        // Ten minutes at 2 KiB a second.
        for (var second = 0; second < 600; second++)
        {
            budget.Spend(Short);
            budget.Receive(2048);
            Assert.False(budget.IsSpent);
        }

        Assert.Equal(120, progress);
    }

    [Fact]
    public void The_same_bytes_again_are_no_progress()
    {
        var budget = new WaitBudget(TimeSpan.FromSeconds(10), () => { });
        budget.Receive(10 * 1024);
        budget.Spend(TimeSpan.FromSeconds(9));

        budget.Restart();
        budget.Receive(10 * 1024);

        Assert.Equal(Short, budget.Left);
    }

    [Fact]
    public void The_same_bytes_again_use_up_nothing_if_they_keep_coming()
    {
        var budget = new WaitBudget(TimeSpan.FromSeconds(10), () => { });

        // Each attempt gets 10 MB at 100 kB a second, and one a little further.
        foreach (var seconds in new[] { 100, 100, 101 })
        {
            budget.Restart();
            for (var second = 0; second < seconds; second++)
            {
                budget.Spend(Short);
                budget.Receive(100_000);
                Assert.False(budget.IsSpent);
            }
        }
    }

    [Fact]
    public void The_same_bytes_again_that_trickle_use_up_the_time()
    {
        var budget = new WaitBudget(TimeSpan.FromSeconds(10), () => { });
        budget.Receive(10_000_000);

        budget.Restart();
        for (var second = 0; second < 10; second++)
        {
            budget.Spend(Short);
            budget.Receive(100);
        }

        Assert.True(budget.IsSpent);
    }

    [Fact]
    public async Task A_wait_for_a_rate_limit_does_not_count()
    {
        await using var server = LoopbackServer.Script(Reply.Of(429, "{}", "Retry-After: 2"), Reply.Json(Answer));
        using var http = HttpRig.Client(server, Options);

        Assert.Equal("Hello-World", await HttpRig.AskAsync(http, HttpRig.Get(server)));
    }

    [Fact]
    public void A_longer_time_out_makes_longer_attempts()
    {
        var options = new UpstreamOptions();

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)), (options.Within(TimeSpan.FromSeconds(5)).Timeout, options.Within(TimeSpan.FromSeconds(5)).AttemptTimeout));
        Assert.Equal(TimeSpan.FromSeconds(150), options.Within(TimeSpan.FromSeconds(300)).AttemptTimeout);
    }
}

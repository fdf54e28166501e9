using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class PassingFaultTests
{
    private const string Answer = """{"name": "Hello-World", "padding": "................................................................"}""";

    public static TheoryData<string> Faults { get; } =
    [
        "500", "502", "503", "504", "408", "429", "429 now", "503 now", "secondary limit now", "reset", "close", "reset in the body", "half a body",
        "half a chunked body", "HTML page", "not JSON", "JSON that ends too early", "broken gzip", "gzip that ends too early", "not HTTP",
    ];

    internal static Reply Fault(string name) => name switch
    {
        "429 now" => Reply.Of(429, "{}", "Retry-After: 0"),
        "503 now" => Reply.Of(503, "", "Retry-After: 0"),
        "secondary limit now" => Reply.Of(403, """{"message":"You have exceeded a secondary rate limit."}""", "Retry-After: 0"),
        "reset" => Reply.Reset,
        "close" => new Reply([], ReplyEnd.Close),
        "reset in the body" => Reply.HalfOf(Answer, ReplyEnd.Reset),
        "half a body" => Reply.HalfOf(Answer),
        "half a chunked body" => Reply.HalfChunked(Answer),
        "HTML page" => Reply.HtmlPage(),
        "not JSON" => Reply.Json("upstream connect error"),
        "JSON that ends too early" => Reply.Json(Answer[..20]),
        "broken gzip" => Reply.BrokenGzip(Answer),
        "gzip that ends too early" => Reply.Of(200, Reply.Gzip(Answer)[..^30], "Content-Type: application/json", "Content-Encoding: gzip"),
        "not HTTP" => new Reply("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), ReplyEnd.Close),
        _ => Reply.Of(int.Parse(name), "oops"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_passes_costs_one_more_request(string fault)
    {
        await using var server = LoopbackServer.Script(Fault(fault), Reply.Json(Answer));
        using var http = HttpRig.Client(server);

        Assert.Equal("Hello-World", await HttpRig.AskAsync(http, HttpRig.Get(server)));

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_stays_ends_after_five_attempts_with_a_clear_error(string fault)
    {
        await using var server = LoopbackServer.Script(Fault(fault));
        using var http = HttpRig.Client(server);
        bool limit = fault is "429 now" or "secondary limit now";

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), limit ? ErrorIds.UpstreamSecondaryRateLimited : ErrorIds.UpstreamUnavailable);

        Assert.StartsWith("repository o/r: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Root.Authority, error.Message, StringComparison.Ordinal);
        if (!limit) Assert.Contains("in 5 attempts", error.Message, StringComparison.Ordinal);
        // .NET itself repeats a request up to three times when a connection closes before the first byte.
        Assert.InRange(server.Requests.Count, limit ? 6 : 5, fault == "close" ? 20 : limit ? 6 : 5);
    }

    [Fact]
    public async Task A_silent_server_is_given_up_after_the_time_out()
    {
        await using var server = LoopbackServer.Script(Reply.Silence, Reply.HalfOf(Answer, ReplyEnd.Silence), Reply.Json(Answer));
        using var http = HttpRig.Client(server, HttpRig.QuickWithToken with { AttemptTimeout = TimeSpan.FromMilliseconds(100), MaxRetries = 20 });

        Assert.Equal("Hello-World", await HttpRig.AskAsync(http, HttpRig.Get(server)));

        // On a busy machine, a good answer may be late too.
        Assert.True(server.Requests.Count >= 3);
    }

    [Fact]
    public async Task The_error_names_the_last_fault()
    {
        await using var silent = LoopbackServer.Script(Reply.Silence);
        using var http = HttpRig.Client(silent, HttpRig.QuickWithToken with { AttemptTimeout = TimeSpan.FromMilliseconds(50), MaxRetries = 1 });

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(silent), ErrorIds.UpstreamUnavailable);

        Assert.Equal($"repository o/r: no valid answer from {silent.Root.Authority} in 2 attempts; the last error: no answer within 0.05 s.", error.Message);
    }

    [Fact]
    public async Task A_slow_reader_is_no_stalled_body()
    {
        var time = new ManualTimeProvider();
        await using var server = LoopbackServer.Script(Reply.Json(Answer));
        using var http = HttpRig.Client(server, HttpRig.QuickWithToken, time);

        int length = await http.SendAsync(HttpRig.Get(server), SlowlyAsync, TestContext.Current.CancellationToken);

        Assert.Equal(Answer.Length, length);
        Assert.Single(server.Requests);

        async Task<int> SlowlyAsync(Stream body, UpstreamResponse response, CancellationToken cancellationToken)
        {
            int total = 0;
            byte[] few = new byte[40];
            for (int read; (read = await body.ReadAsync(few, cancellationToken)) > 0; total += read) time.Advance(TimeSpan.FromMinutes(1));
            return total;
        }
    }

    [Fact]
    public async Task A_body_cut_off_behind_what_the_reader_wanted_is_noticed()
    {
        await using var server = LoopbackServer.Script(Reply.HalfOf(Answer), Reply.Json(Answer));
        using var http = HttpRig.Client(server);

        int first = await http.SendAsync(HttpRig.Get(server), async (body, _, token) => { await body.ReadExactlyAsync(new byte[1], token); return 1; }, TestContext.Current.CancellationToken);

        Assert.Equal(1, first);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_readers_own_failure_is_not_repeated()
    {
        await using var server = LoopbackServer.Script(Reply.Json(Answer));
        using var http = HttpRig.Client(server);

        await Assert.ThrowsAsync<IOException>(() => http.SendAsync<int>(HttpRig.Get(server), (_, _, _) => throw new IOException("disk full"), TestContext.Current.CancellationToken));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_request_that_its_reader_calls_transient_is_repeated()
    {
        await using var server = LoopbackServer.Script(Reply.Json(Answer));
        using var http = HttpRig.Client(server);
        int times = 0;

        int result = await http.SendAsync(
            HttpRig.Get(server), (_, _, _) => ++times < 3 ? throw new TransientUpstreamException("the pack is cut off") : Task.FromResult(times), TestContext.Current.CancellationToken);

        Assert.Equal(3, result);
    }

    [Fact]
    public async Task Nobody_listening_is_told_as_such()
    {
        Uri root;
        await using (var gone = LoopbackServer.Script(Reply.Reset)) root = gone.Root;
        using var http = new UpstreamHttp(HttpRig.Quick with { MaxRetries = 0 }, HttpRig.HostsOf(root), TimeProvider.System);

        var error = await HttpRig.RefusedAsync(http, new UpstreamHttpRequest { Uri = new Uri(root, "x?key=hidden"), What = "x" }, ErrorIds.UpstreamUnavailable);

        Assert.Contains("Connection refused", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("in 1 attempt;", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    // One after another, a retry never meets the next fault. In parallel it may: one in 243 requests would meet five in a row.
    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 20)]
    public async Task Every_third_answer_faulty_costs_no_result(int parallel, int retries)
    {
        string[] faults = [.. Faults.Select(row => row.Data)];
        await using var server = new LoopbackServer(
            request => request.Number % 3 == 0 ? Fault(faults[request.Number / 3 % faults.Length]) : Reply.Json($$"""{"name": "{{request.Target}}"}"""));
        var options = HttpRig.QuickWithToken with { MaxRetries = retries, MaxRateLimitWaits = 20 };
        using var http = HttpRig.Client(server, options);
        string[] asked = [.. Enumerable.Range(0, 200).Select(i => $"/api/v3/repos/o/{i}")];

        var told = new string[asked.Length];
        await Parallel.ForAsync(
            0,
            asked.Length,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = TestContext.Current.CancellationToken },
            async (i, token) => told[i] = await HttpRig.AskAsync(http, HttpRig.Get(server, asked[i]), token));

        Assert.Equal(asked, told);
        Assert.InRange(server.Requests.Count, 299, 301);
    }

    [Fact]
    public async Task Retries_are_told_without_the_token()
    {
        var lines = new List<string>();
        await using var server = LoopbackServer.Script(Reply.Of(502), Reply.Json(Answer));
        using var http = HttpRig.Client(server, verbose: lines.Add);

        await HttpRig.AskAsync(http, HttpRig.Get(server));

        Assert.StartsWith("repository o/r: HTTP 502; retrying in 0.", Assert.Single(lines), StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class FaultTests : IAsyncLifetime
{
    private readonly SampleRepository _sample = new();
    private LoopbackGitHubServer _server = null!;
    private GitHubClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/sample", _sample.Builder);
        _client = new GitHubClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<HttpResponseMessage> AskAsync() => _client.GetAsync("/repos/octo-org/sample");

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_failing_server(int status)
    {
        _server.Faults = Faults.Sequence(Fault.Failing(status));
        using var failed = await AskAsync();
        using var fine = await AskAsync();

        Assert.Equal(status, (int)failed.StatusCode);
        Assert.Equal("text/html", failed.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
    }

    [Fact]
    public async Task Limits_of_all_kinds()
    {
        var reset = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _server.Faults = Faults.Sequence(
            Fault.TooManyRequests(), Fault.TooManyRequests(TimeSpan.FromSeconds(7)), Fault.SecondaryLimit(TimeSpan.FromSeconds(3)), Fault.PrimaryLimit(reset), Fault.Unauthorized());
        using var plain = await AskAsync();
        using var later = await AskAsync();
        using var secondary = await AskAsync();
        using var primary = await AskAsync();
        using var unauthorized = await AskAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, plain.StatusCode);
        Assert.Null(plain.Headers.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), later.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.Forbidden, secondary.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), secondary.Headers.RetryAfter!.Delta);
        Assert.Contains("You have exceeded a secondary rate limit", await secondary.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, primary.StatusCode);
        Assert.Equal("0", primary.Headers.GetValues("x-ratelimit-remaining").Single());
        Assert.Equal(reset.ToUnixTimeSeconds().ToString(), primary.Headers.GetValues("x-ratelimit-reset").Single());
        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
    }

    [Fact]
    public async Task A_reset_connection()
    {
        _server.Faults = Faults.Sequence(Fault.Reset());
        var reset = await Assert.ThrowsAnyAsync<HttpRequestException>(AskAsync);

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(reset.GetBaseException()).SocketErrorCode);
        Assert.Equal((0, FaultKind.Reset), (_server.Log.Records[0].Status, _server.Log.Records[0].Fault!.Value));
    }

    [Fact]
    public async Task Half_a_body_with_the_length_of_the_whole()
    {
        using var whole = await AskAsync();
        var length = (await whole.Content.ReadAsByteArrayAsync(Cancel)).Length;
        _server.Faults = Faults.Always(Fault.HalfBody());

        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(_server.ServerUrl).Port, Cancel);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /api/v3/repos/octo-org/sample HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(Cancel);

        Assert.Contains($"Content-Length: {length}\r\n", text, StringComparison.Ordinal);
        Assert.Equal(length / 2, text.Length - text.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
        await Assert.ThrowsAnyAsync<HttpRequestException>(AskAsync);
    }

    [Fact]
    public void Half_a_pack_fails_a_clone_and_the_next_one_works()
    {
        _server.Faults = Faults.When(request => request.Command == "fetch", Faults.Sequence(Fault.HalfBody()));
        var folder = Directory.CreateTempSubdirectory("loopback-half-");

        var (code, _, _) = RealGit.TryRun(folder.FullName, "clone", "--quiet", _server.ServerUrl + "/octo-org/sample.git", "one");
        Assert.NotEqual(0, code);
        RealGit.Run(folder.FullName, "clone", "--quiet", _server.ServerUrl + "/octo-org/sample.git", "two");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Half_of_an_empty_body_is_a_reset()
    {
        _server.Faults = Faults.Always(Fault.HalfBody());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.GetAsync(_server.ServerUrl + "/octo-org/sample/archive/main.tar.gz"));
    }

    [Fact]
    public async Task A_web_page_with_status_200_and_a_redirect_to_another_host()
    {
        _server.Faults = Faults.Sequence(Fault.HtmlPage(), Fault.RedirectTo(new Uri("http://127.0.0.2:1")));
        using var page = await AskAsync();
        using var redirect = await AskAsync();

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Equal("http://127.0.0.2:1/api/v3/repos/octo-org/sample", redirect.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_hanging_server_answers_never_and_stops_all_the_same()
    {
        var server = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { Faults = Faults.Always(Fault.Hang()) }, Cancel);
        using var client = new GitHubClient(server);
        var asking = client.GetAsync("/repos/a/b");

        Assert.NotSame(asking, await Task.WhenAny(asking, Task.Delay(200, Cancel)));
        await server.DisposeAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asking);
        Assert.Equal(0, server.Log.Records[0].Status);
    }

    [Fact]
    public async Task Every_nth_request_gets_the_next_fault_in_rotation()
    {
        _server.Faults = Faults.EveryNth(3, Fault.Failing(500), Fault.Failing(502));
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await AskAsync();
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 200, 500, 200, 200, 502, 200, 200, 500, 200, 200, 502], statuses);
        Assert.Equal(4, _server.Log.Records.Count(record => record.Fault == FaultKind.Status));
    }

    [Fact]
    public async Task Delays_do_not_add_up_and_the_log_knows_the_most_at_once()
    {
        using (await AskAsync())
        {
            _server.Log.Clear();
        }

        _server.Delay = TimeSpan.FromMilliseconds(300);
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync()));
        var elapsed = watch.ElapsedMilliseconds;

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.InRange(elapsed, 295, 2000);
        Assert.Equal(8, _server.Log.Total);
        Assert.InRange(_server.Log.MostAtOnce, 2, 8);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task The_log_holds_everything_but_the_token()
    {
        using var rest = await _client.GetAsync("/repos/octo-org/sample?x=1", _server.Token);
        using var graph = await _client.PostAsync("{ viewer { login } }", token: _server.Token);
        RealGit.Run(Path.GetTempPath(), "ls-remote", _server.ServerUrl + "/octo-org/sample.git");
        using var archive = await _client.GetAsync(_server.ServerUrl + "/octo-org/sample/archive/main.tar.gz");
        var log = _server.Log.Records;

        Assert.Equal([RequestKind.Rest, RequestKind.GraphQl, RequestKind.Refs, RequestKind.UploadPack, RequestKind.Archive], log.Select(record => record.Kind));
        Assert.Equal([200, 200, 200, 200, 302], log.Select(record => record.Status));
        Assert.Equal(("GET", "/api/v3/repos/octo-org/sample", "?x=1", true), (log[0].Method, log[0].Path, log[0].Query, log[0].HadToken));
        Assert.Equal("Bearer ***", log[0].Headers["Authorization"]);
        Assert.DoesNotContain(_server.Token, string.Join('\n', log.Select(record => record + string.Join(' ', record.Headers))), StringComparison.Ordinal);
        Assert.Equal("ls-refs", log[3].Command);
        Assert.Equal((await rest.Content.ReadAsByteArrayAsync(Cancel)).Length, log[0].Bytes);
        Assert.Equal(1, _server.Log.Count(RequestKind.Refs));
        _server.Log.Clear();
        Assert.Equal(0, _server.Log.Total);
    }
}

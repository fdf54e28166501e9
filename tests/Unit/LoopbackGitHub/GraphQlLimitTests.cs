using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class GraphQlLimitTests : IAsyncLifetime
{
    private const string Repo = "repository(owner: \"octo-org\", name: \"sample\")";

    private readonly SampleRepository _sample = new();
    private LoopbackGitHubServer _server = null!;
    private GitHubClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { LogEndpoint = true, MaxGraphQlText = 10 }, Cancel);
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

    private static string Repositories(int count) => $"{{ {string.Concat(Enumerable.Range(0, count).Select(i => $"r{i}: {Repo} {{ name }} "))} }}";

    private static string Objects(int count) =>
        $"{{ {Repo} {{ {string.Concat(Enumerable.Range(0, count).Select(i => $"o{i}: object(expression: \"HEAD\") {{ oid }} "))} }} }}";

    [Fact]
    public async Task A_query_of_more_than_50_repositories_is_502()
    {
        using var most = await _client.PostAsync(Repositories(50), token: _server.Token);
        using var more = await _client.PostAsync(Repositories(51), token: _server.Token);

        Assert.Equal(HttpStatusCode.OK, most.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, more.StatusCode);
        Assert.Equal("text/html", more.Content.Headers.ContentType!.MediaType);
        Assert.Equal([50L, 51L], _server.Log.Records.Select(record => record.Repositories));
    }

    [Fact]
    public async Task A_query_of_more_than_250_lookups_is_502()
    {
        using var most = await _client.PostAsync(Objects(250), token: _server.Token);
        using var more = await _client.PostAsync(Objects(251), token: _server.Token);

        Assert.Equal(HttpStatusCode.OK, most.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, more.StatusCode);
        Assert.Equal([250L, 251L], _server.Log.Records.Select(record => record.Lookups));
    }

    [Fact]
    public async Task The_limits_and_the_time_that_they_take_are_options()
    {
        var options = new LoopbackGitHubOptions { MaxGraphQlRepositories = 1, MaxGraphQlLookups = 1, GraphQlTimeout = TimeSpan.FromMilliseconds(300) };
        await using var small = await LoopbackGitHubServer.StartAsync(options, Cancel);
        small.AddRepository("octo-org/sample", _sample.Builder);
        using var client = new GitHubClient(small);
        using var fine = await client.PostAsync(Objects(1), token: small.Token);
        var watch = Stopwatch.StartNew();
        using var lookups = await client.PostAsync(Objects(2), token: small.Token);
        var taken = watch.Elapsed;
        using var repositories = await client.PostAsync(Repositories(2), token: small.Token);

        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, lookups.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, repositories.StatusCode);
        Assert.True(taken > TimeSpan.FromMilliseconds(250), $"It failed after {taken}.");
    }

    [Theory]
    [InlineData("viewer { login }", 0, 0)]
    [InlineData(Repo + " { name defaultBranchRef { target { oid } } }", 1, 0)]
    [InlineData(Repo + " { ref(qualifiedName: \"main\") { target { oid } } }", 1, 1)]
    [InlineData(Repo + " { object(expression: \"main:\") { ... on Tree { entries { name oid } } } }", 1, 1)]
    [InlineData(Repo + " { object(expression: \"main:\") { ... on Tree { entries { name object { oid } } } } }", 1, 2)]
    [InlineData(Repo + " { object(expression: \"main\") { ... on Commit { file(path: \"README.md\") { oid } } } }", 1, 2)]
    [InlineData(Repo + " { refs(first: 20, refPrefix: \"refs/heads/\") { nodes { name target { ... on Commit { tree { entries { object { oid } } } } } } } }", 1, 20)]
    [InlineData("a: " + Repo + " { ...F } b: " + Repo + " { ...F } } fragment F on Repository { object(expression: \"HEAD\") { oid }", 2, 2)]
    public async Task Repositories_and_lookups_are_counted_as_the_query_asks_for_them(string selection, int repositories, int lookups)
    {
        using var answer = await _client.PostAsync($"{{ {selection} }}", token: _server.Token);
        var record = Assert.Single(_server.Log.Records);

        Assert.False((await GitHubClient.ReadJsonAsync(answer)).TryGetProperty("errors", out _));
        Assert.Equal(repositories, record.Repositories);
        Assert.Equal(lookups, record.Lookups);
    }

    [Fact]
    public async Task The_counts_are_in_the_log_and_other_requests_have_none()
    {
        using var query = await _client.PostAsync(Objects(3), token: _server.Token);
        using var wrong = await _client.PostAsync("{ nothing }", token: _server.Token);
        using var rest = await _client.GetAsync("/repos/octo-org/sample");
        using var client = new HttpClient();
        using var log = await client.PostAsync(_server.ServerUrl + "/_log", content: null, Cancel);
        using var json = JsonDocument.Parse(await log.Content.ReadAsStringAsync(Cancel));

        Assert.Equal(
            ["1 3", "null null", "null null"],
            json.RootElement.GetProperty("requests").EnumerateArray().Select(request => $"{request.GetProperty("repositories").GetRawText()} {request.GetProperty("lookups").GetRawText()}"));
    }

    [Fact]
    public async Task A_secondary_limit_can_come_as_200_and_only_for_large_queries()
    {
        _server.Faults = Faults.When(record => record.Lookups > 1, Faults.Always(Fault.SecondaryLimitAs200()));
        var limited = await _client.QueryAsync(Objects(2));
        var fine = await _client.QueryAsync(Objects(1));

        Assert.Equal(
            """{"errors":[{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}]}""", limited.GetRawText());
        Assert.True(fine.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task A_query_can_take_too_much_as_a_whole()
    {
        _server.Faults = Faults.Sequence(Fault.ResourceLimits());
        var limited = await _client.QueryAsync(Objects(1));

        Assert.Equal("""{"errors":[{"type":"RESOURCE_LIMITS_EXCEEDED","message":"Resource limits for this query exceeded."}]}""", limited.GetRawText());
    }

    [Fact]
    public async Task A_text_above_the_limit_is_cut_and_says_so()
    {
        _sample.Builder.Commit("Texts", GitChange.Write("ten", "0123456789"), GitChange.Write("eleven", "01234567890"), GitChange.Write("wide", "012345678\u00e4"));
        var answer = await _client.QueryAsync(
            $"{{ {Repo} {{ {string.Concat(((string[])["ten", "eleven", "wide"]).Select(name => $"{name}: object(expression: \"main:{name}\") {{ ... on Blob {{ text isTruncated byteSize }} }} "))} }} }}");

        Assert.Equal(
            """{"ten":{"text":"0123456789","isTruncated":false,"byteSize":10},"eleven":{"text":"0123456789","isTruncated":true,"byteSize":11},"wide":{"text":"012345678","isTruncated":true,"byteSize":11}}""",
            answer.GetProperty("data").GetProperty("repository").GetRawText());
    }
}

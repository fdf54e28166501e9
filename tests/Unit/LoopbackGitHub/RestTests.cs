using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class RestTests : IAsyncLifetime
{
    private readonly SampleRepository _sample = new();
    private LoopbackGitHubServer _server = null!;
    private GitHubClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/sample", _sample.Builder, new RepositoryFacts { Description = "A sample", Topics = ["a", "b"], LicenseSpdx = "MIT" });
        _client = new GitHubClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Git(params string[] arguments) => _sample.Builder.Git(arguments);

    [Fact]
    public async Task A_repository_has_its_facts()
    {
        var answer = await _client.GetJsonAsync("/repos/OCTO-ORG/Sample");

        Assert.Equal("octo-org/sample", answer.GetProperty("full_name").GetString());
        Assert.Equal("A sample", answer.GetProperty("description").GetString());
        Assert.Equal("main", answer.GetProperty("default_branch").GetString());
        Assert.Equal("MIT", answer.GetProperty("license").GetProperty("spdx_id").GetString());
        Assert.Equal(["a", "b"], answer.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()));
        Assert.False(answer.GetProperty("archived").GetBoolean());
        Assert.False(answer.GetProperty("private").GetBoolean());
    }

    [Theory]
    [InlineData("main")]
    [InlineData("v2.0.0")]
    [InlineData("stable")]
    [InlineData("feature/side")]
    [InlineData("feature%2Fside")]
    public async Task Trees_are_those_that_git_lists(string reference)
    {
        var name = Uri.UnescapeDataString(reference);
        var answer = await _client.GetJsonAsync($"/repos/octo-org/sample/git/trees/{reference}?recursive=1");
        var listed = answer.GetProperty("tree").EnumerateArray().Select(Line);

        Assert.Equal(Git("ls-tree", "-r", "-t", "-l", "-z", name).TrimEnd('\0').Split('\0').Select(Normal), listed);
        Assert.False(answer.GetProperty("truncated").GetBoolean());

        static string Line(JsonElement entry) =>
            $"{entry.GetProperty("mode").GetString()} {entry.GetProperty("type").GetString()} {entry.GetProperty("sha").GetString()} "
            + $"{(entry.TryGetProperty("size", out var size) ? size.GetInt64().ToString() : "-")}\t{entry.GetProperty("path").GetString()}";

        static string Normal(string line) => string.Join(' ', line.Split('\t')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)) + "\t" + line.Split('\t')[1];
    }

    [Fact]
    public async Task A_large_tree_is_truncated()
    {
        await using var small = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { MaxTreeEntries = 3 }, Cancel);
        small.AddRepository("a/b", _sample.Builder);
        using var client = new GitHubClient(small);
        var answer = await client.GetJsonAsync("/repos/a/b/git/trees/main?recursive=1");

        Assert.True(answer.GetProperty("truncated").GetBoolean());
        Assert.Equal(3, answer.GetProperty("tree").GetArrayLength());
    }

    [Fact]
    public async Task Blobs_and_contents_are_gits_bytes()
    {
        var id = Git("rev-parse", "v1.0.0:data.bin");
        byte[] expected = [0, 1, 2, 255, 0];
        var blob = await _client.GetJsonAsync("/repos/octo-org/sample/git/blobs/" + id);
        Assert.Equal(expected, Convert.FromBase64String(blob.GetProperty("content").GetString()!));
        Assert.Equal(5, blob.GetProperty("size").GetInt32());

        using var raw = await _client.GetAsync("/repos/octo-org/sample/git/blobs/" + id, _server.Token, request => request.Headers.Accept.ParseAdd("application/vnd.github.raw+json"));
        Assert.Equal(expected, await raw.Content.ReadAsByteArrayAsync(Cancel));

        var file = await _client.GetJsonAsync("/repos/octo-org/sample/contents/skills/na%C3%AFve%20caf%C3%A9/SKILL.md?ref=main");
        Assert.Equal("---\nname: \"naïve\"\n---\n", Encoding.UTF8.GetString(Convert.FromBase64String(file.GetProperty("content").GetString()!)));
        Assert.Equal("skills/naïve café/SKILL.md", file.GetProperty("path").GetString());

        var folder = await _client.GetJsonAsync("/repos/octo-org/sample/contents/skills/pdf");
        Assert.Equal(["SKILL.md", "run.sh"], folder.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        var link = await _client.GetJsonAsync("/repos/octo-org/sample/contents/link");
        Assert.Equal("# Sample\n", Encoding.UTF8.GetString(Convert.FromBase64String(link.GetProperty("content").GetString()!)));
    }

    [Fact]
    public async Task Commits_are_gits()
    {
        var answer = await _client.GetJsonAsync("/repos/octo-org/sample/commits/stable");

        Assert.Equal(_sample.Second, answer.GetProperty("sha").GetString());
        Assert.Equal(Git("rev-parse", "main^{tree}"), answer.GetProperty("commit").GetProperty("tree").GetProperty("sha").GetString());
        Assert.Equal("Change pdf", answer.GetProperty("commit").GetProperty("message").GetString());
        Assert.Equal(_sample.First, answer.GetProperty("parents")[0].GetProperty("sha").GetString());
        var date = answer.GetProperty("commit").GetProperty("committer").GetProperty("date").GetDateTimeOffset();
        Assert.Equal(Git("log", "-1", "--format=%ct", "main"), date.ToUnixTimeSeconds().ToString());
    }

    [Theory]
    [InlineData("/repos/octo-org/nothing", 404, "Not Found")]
    [InlineData("/repos/octo-org/sample/git/trees/nothing", 404, "Not Found")]
    [InlineData("/repos/octo-org/sample/commits/nothing", 422, "No commit found for SHA: nothing")]
    [InlineData("/repos/octo-org/sample/contents/nothing", 404, "Not Found")]
    [InlineData("/repos/octo-org/sample/contents/README.md?ref=nothing", 404, "No commit found for the ref nothing")]
    [InlineData("/repos/octo-org/sample/git/blobs/0123456789012345678901234567890123456789", 404, "Not Found")]
    [InlineData("/nothing", 404, "Not Found")]
    public async Task An_absent_resource_is_an_error_in_GitHubs_words(string path, int status, string message)
    {
        using var answer = await _client.GetAsync(path, _server.Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(message, (await GitHubClient.ReadJsonAsync(answer)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_private_repository_needs_the_token_and_a_wrong_token_is_refused()
    {
        _server.SetFacts("octo-org/sample", new RepositoryFacts { Private = true });
        using var anonymous = await _client.GetAsync("/repos/octo-org/sample");
        using var wrong = await _client.GetAsync("/repos/octo-org/sample", "wrong");
        using var right = await _client.GetAsync("/repos/octo-org/sample", _server.Token);

        Assert.Equal(HttpStatusCode.NotFound, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("Bad credentials", (await GitHubClient.ReadJsonAsync(wrong)).GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task A_request_without_a_user_agent_is_forbidden()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(_server.ApiUrl + "/repos/octo-org/sample", Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("User-Agent", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_answer_is_304_and_costs_nothing_with_a_token()
    {
        var (second, third, remaining) = await AskAgainAsync(_server.Token);

        Assert.Equal(HttpStatusCode.NotModified, second);
        Assert.Equal(HttpStatusCode.OK, third);
        Assert.Equal(["4999", "4999", "4998"], remaining);
    }

    [Fact]
    public async Task An_unchanged_answer_is_304_and_counts_without_a_token()
    {
        var (second, third, remaining) = await AskAgainAsync(token: null);

        Assert.Equal(HttpStatusCode.NotModified, second);
        Assert.Equal(HttpStatusCode.OK, third);
        Assert.Equal(["59", "58", "57"], remaining);
    }

    [Fact]
    public async Task The_version_of_the_API_that_a_client_asks_for_is_in_the_log()
    {
        using var answer = await _client.GetAsync("/repos/octo-org/sample", change: request => request.Headers.Add("X-GitHub-Api-Version", "2022-11-28"));

        Assert.Equal("2022-11-28", Assert.Single(_server.Log.Records).Headers["X-GitHub-Api-Version"]);
    }

    private async Task<(HttpStatusCode Second, HttpStatusCode Third, string[] Remaining)> AskAgainAsync(string? token)
    {
        using var first = await _client.GetAsync("/repos/octo-org/sample", token);
        var tag = first.Headers.ETag!;
        using var second = await _client.GetAsync("/repos/octo-org/sample", token, request => request.Headers.IfNoneMatch.Add(tag));
        _server.SetFacts("octo-org/sample", new RepositoryFacts { Description = "Another" });
        using var third = await _client.GetAsync("/repos/octo-org/sample", token, request => request.Headers.IfNoneMatch.Add(tag));
        string[] remaining = [.. new[] { first, second, third }.Select(answer => answer.Headers.GetValues("x-ratelimit-remaining").Single())];
        return (second.StatusCode, third.StatusCode, remaining);
    }

    [Fact]
    public async Task The_limit_is_used_up_and_comes_back()
    {
        var time = new SettableTime();
        await using var limited = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { AnonymousLimit = 2, Time = time }, Cancel);
        limited.AddRepository("a/b", _sample.Builder);
        using var client = new GitHubClient(limited);
        using var one = await client.GetAsync("/repos/a/b");
        using var two = await client.GetAsync("/repos/a/b");
        using var three = await client.GetAsync("/repos/a/b");
        using var withToken = await client.GetAsync("/repos/a/b", limited.Token);

        Assert.Equal(HttpStatusCode.OK, two.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, three.StatusCode);
        Assert.Equal("0", three.Headers.GetValues("x-ratelimit-remaining").Single());
        Assert.Equal("core", three.Headers.GetValues("x-ratelimit-resource").Single());
        Assert.Contains("API rate limit exceeded", await three.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("4999", withToken.Headers.GetValues("x-ratelimit-remaining").Single());
        var reset = long.Parse(three.Headers.GetValues("x-ratelimit-reset").Single());
        Assert.Equal(time.Now.AddHours(1).ToUnixTimeSeconds(), reset);
        Assert.Equal(time.Now, three.Headers.Date);

        time.Now = time.Now.AddHours(1);
        using var later = await client.GetAsync("/repos/a/b");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        var limits = await client.GetJsonAsync("/rate_limit");
        Assert.Equal(5000, limits.GetProperty("resources").GetProperty("core").GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task A_renamed_repository_redirects_to_its_id()
    {
        _server.Rename("octo-org/sample", "new-org/renamed");
        using var moved = await _client.GetAsync("/repos/octo-org/sample/commits/main?x=1");

        Assert.Equal(HttpStatusCode.MovedPermanently, moved.StatusCode);
        Assert.Matches("/repositories/[0-9]+/commits/main\\?x=1$", moved.Headers.Location!.ToString());
        var found = await _client.GetJsonAsync(moved.Headers.Location!.ToString());
        Assert.Equal(_sample.Second, found.GetProperty("sha").GetString());
        Assert.Equal("new-org/renamed", (await _client.GetJsonAsync("/repos/new-org/renamed")).GetProperty("full_name").GetString());
    }

    [Fact]
    public async Task A_removed_repository_is_not_found()
    {
        _server.Remove("octo-org/sample");
        using var answer = await _client.GetAsync("/repos/octo-org/sample");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("tarball")]
    public async Task An_archive_holds_what_git_holds(string kind)
    {
        var address = kind == "archive" ? $"{_server.ServerUrl}/octo-org/sample/archive/{_sample.First}.tar.gz" : $"/repos/octo-org/sample/tarball/{_sample.First}";
        using var redirect = await _client.GetAsync(address);
        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.Contains("/codeload/", redirect.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
        using var answer = await _client.GetAsync(redirect.Headers.Location!.ToString());

        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await using var gzip = new GZipStream(await answer.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(copyData: true, Cancel) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile)
            {
                using var content = new MemoryStream();
                await (entry.DataStream ?? Stream.Null).CopyToAsync(content, Cancel);
                files[entry.Name] = content.ToArray();
            }
        }

        var expected = Git("ls-tree", "-r", "-z", _sample.First).TrimEnd('\0').Split('\0')
            .Where(line => !line.StartsWith("120000", StringComparison.Ordinal))
            .Select(line => $"sample-{_sample.First}/{line.Split('\t')[1]}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), files.Keys);
        Assert.Equal<byte>([0, 1, 2, 255, 0], files[$"sample-{_sample.First}/data.bin"]);
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class GitServingTests : IAsyncLifetime
{
    private readonly SampleRepository _sample = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("loopback-client-").FullName;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { DefaultRequestHeaders = { { "User-Agent", "git/2.0 (test)" } } };
    private LoopbackGitHubServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/sample", _sample.Builder);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Url => _server.ServerUrl + "/octo-org/sample.git";

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    public void Real_git_lists_the_same_refs_as_from_the_folder(string protocol)
    {
        var local = RealGit.Run(_folder, "ls-remote", "--symref", _sample.Builder.GitDirectory);

        Assert.Equal(local, RealGit.Run(_folder, "-c", "protocol.version=" + protocol, "ls-remote", "--symref", Url));
        Assert.Contains("refs/tags/stable^{}", local, StringComparison.Ordinal);
        Assert.Contains("ref: refs/heads/main\tHEAD", local, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refs/tags/v2.0.0")]
    [InlineData("refs/heads/*")]
    [InlineData("HEAD")]
    [InlineData("nothing-like-it")]
    public void Real_git_lists_the_same_refs_of_a_pattern(string pattern) =>
        Assert.Equal(
            RealGit.Run(_folder, "ls-remote", _sample.Builder.GitDirectory, pattern), RealGit.Run(_folder, "ls-remote", Url, pattern));

    [Fact]
    public void A_changed_ref_is_seen_at_once()
    {
        RealGit.Run(_folder, "ls-remote", Url);
        for (var i = 0; i < 5; i++)
        {
            var commit = _sample.Builder.Commit($"Change {i}", GitChange.Write("counter", $"{i}"));
            Assert.StartsWith(commit, RealGit.Run(_folder, "ls-remote", Url, "refs/heads/main"), StringComparison.Ordinal);
        }

        _sample.Builder.Git("pack-refs", "--all");
        _sample.Builder.RenameBranch("dev", "later");
        Assert.Equal(RealGit.Run(_folder, "ls-remote", _sample.Builder.GitDirectory), RealGit.Run(_folder, "ls-remote", Url));
    }

    [Fact]
    public void An_empty_repository_can_be_listed_and_cloned()
    {
        using var empty = GitRepositoryBuilder.Create(new GitRepositoryOptions { DefaultBranch = "trunk" });
        _server.AddRepository("octo-org/empty", empty);

        Assert.Equal("", RealGit.Run(_folder, "ls-remote", _server.ServerUrl + "/octo-org/empty.git"));
        RealGit.Run(_folder, "clone", "--quiet", _server.ServerUrl + "/octo-org/empty.git", "e");
        Assert.Equal("refs/heads/trunk", RealGit.Run(Path.Combine(_folder, "e"), "symbolic-ref", "HEAD"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    public void Real_git_clones_all_of_it(string protocol)
    {
        RealGit.Run(_folder, "-c", "protocol.version=" + protocol, "clone", "--quiet", Url, "copy");
        var copy = Path.Combine(_folder, "copy");

        Assert.Equal(_sample.Second, RealGit.Run(copy, "rev-parse", "HEAD"));
        Assert.Equal(_sample.Nested, RealGit.Run(copy, "rev-parse", "stable"));
        Assert.Equal(_sample.Side, RealGit.Run(copy, "rev-parse", "origin/feature/side"));
        RealGit.Run(copy, "fsck", "--strict");
        Assert.Equal("# Sample\n", File.ReadAllText(Path.Combine(copy, "link")));
    }

    [Fact]
    public void A_clone_can_be_shallow_and_without_blobs_and_of_any_commit()
    {
        RealGit.Run(_folder, "clone", "--quiet", "--bare", "--depth=1", "--filter=blob:none", Url, "copy.git");
        var copy = Path.Combine(_folder, "copy.git");
        Assert.Equal("1", RealGit.Run(copy, "rev-list", "--count", "HEAD"));
        Assert.Contains("?", RealGit.Run(copy, "rev-list", "--objects", "--missing=print", "HEAD"), StringComparison.Ordinal);

        var tree = _sample.Builder.Git("rev-parse", _sample.First + ":skills/pdf");
        RealGit.Run(copy, "fetch", "--quiet", "--depth=1", Url, tree);
        Assert.Equal("tree", RealGit.Run(copy, "cat-file", "-t", tree));
    }

    [Fact]
    public async Task A_filter_is_offered_only_where_the_repository_allows_it()
    {
        Assert.Contains("filter", await AdvertiseAsync("/octo-org/sample"), StringComparison.Ordinal);
        _sample.Builder.AllowFilter(false);
        Assert.DoesNotContain("filter", await AdvertiseAsync("/octo-org/sample"), StringComparison.Ordinal);

        var plain = Path.Combine(_folder, "plain");
        RealGit.Run(_folder, "init", "--quiet", plain);
        _server.AddRepository("octo-org/plain", plain);
        Assert.Contains("filter", await AdvertiseAsync("/octo-org/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_can_know_only_version_0()
    {
        await using var old = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { ProtocolV2 = false }, Cancel);
        old.AddRepository("a/b", _sample.Builder);

        Assert.Equal(RealGit.Run(_folder, "ls-remote", _sample.Builder.GitDirectory), RealGit.Run(_folder, "ls-remote", old.ServerUrl + "/a/b.git"));
        Assert.Equal(1, old.Log.Total);
        Assert.Equal("version=2", old.Log.Records[0].Headers["Git-Protocol"]);
        RealGit.Run(_folder, "clone", "--quiet", old.ServerUrl + "/a/b.git", "copy");
    }

    [Fact]
    public async Task Native_answers_are_byte_for_byte_those_of_git_http_backend()
    {
        await using var plain = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { AnnounceService = false }, Cancel);
        plain.AddRepository("a/b", _sample.Builder);
        var gitDirectory = _sample.Builder.GitDirectory;
        byte[] Ask(string protocol, string service, string method, string query, byte[] body) => Cgi.Ask(gitDirectory, protocol, service, method, query, body);

        foreach (var protocol in (string[])["", "version=2"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, plain.ServerUrl + "/a/b/info/refs?service=git-upload-pack");
            request.Headers.TryAddWithoutValidation("Git-Protocol", protocol);
            using var answer = await _client.SendAsync(request, Cancel);
            Assert.Equal(Ask(protocol, "info/refs", "GET", "service=git-upload-pack", []), await answer.Content.ReadAsByteArrayAsync(Cancel));
        }

        string[] bodies =
        [
            "0014command=ls-refs\n0000",
            "0014command=ls-refs\n00010009peel\n000csymrefs\n000bunborn\n0000",
            "0014command=ls-refs\n0015agent=git/2.39.5\n0017object-format=sha1\n00010009peel\n001bref-prefix refs/tags/\n0014ref-prefix HEAD\n0000",
            "0014command=ls-refs\n0001001cref-prefix refs/heads/f\n0000",
        ];
        foreach (var body in bodies)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, plain.ServerUrl + "/a/b.git/git-upload-pack");
            request.Headers.TryAddWithoutValidation("Git-Protocol", "version=2");
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-git-upload-pack-request");
            using var answer = await _client.SendAsync(request, Cancel);
            var expected = Ask("version=2", "git-upload-pack", "POST", "", Encoding.ASCII.GetBytes(body));
            Assert.Equal(Encoding.UTF8.GetString(expected), await answer.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Fact]
    public void A_renamed_repository_is_found_under_its_old_name()
    {
        _server.Rename("octo-org/sample", "new-org/renamed");

        Assert.Equal(RealGit.Run(_folder, "ls-remote", _sample.Builder.GitDirectory), RealGit.Run(_folder, "ls-remote", Url));
        RealGit.Run(_folder, "clone", "--quiet", Url, "copy");
        Assert.Contains(_server.Log.Records, record => record.Status == 301);
        Assert.Contains(_server.Log.Records, record => record.Path == "/new-org/renamed.git/git-upload-pack" && record.Status == 200);
    }

    [Fact]
    public async Task A_hidden_or_absent_repository_is_401_without_credentials_and_404_with()
    {
        _server.SetFacts("octo-org/sample", new RepositoryFacts { Private = true });
        foreach (var path in (string[])["/octo-org/sample", "/octo-org/nothing"])
        {
            using var anonymous = await _client.GetAsync(_server.ServerUrl + path + "/info/refs?service=git-upload-pack", Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
            Assert.Contains("Basic", anonymous.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        var withToken = _server.ServerUrl.Replace("://", $"://x-access-token:{_server.Token}@", StringComparison.Ordinal);
        RealGit.Run(_folder, "ls-remote", withToken + "/octo-org/sample.git");
        var (code, _, errors) = RealGit.TryRun(_folder, "ls-remote", withToken + "/octo-org/nothing.git");
        Assert.NotEqual(0, code);
        Assert.Contains("not found", errors, StringComparison.Ordinal);
        var wrong = RealGit.TryRun(_folder, "ls-remote", withToken.Replace(_server.Token, "wrong", StringComparison.Ordinal) + "/octo-org/sample.git");
        Assert.NotEqual(0, wrong.Code);
    }

    [Fact]
    public void An_object_that_is_not_there_is_refused_in_gits_words()
    {
        RealGit.Run(_folder, "init", "--quiet", "copy");
        var (code, _, errors) = RealGit.TryRun(Path.Combine(_folder, "copy"), "fetch", "--quiet", Url, new string('1', 40));

        Assert.NotEqual(0, code);
        Assert.Contains("not our ref", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        var port = new Uri(_server.ServerUrl).Port;
        await Assert.ThrowsAsync<IOException>(() => LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { Port = port }, Cancel));
    }

    [Fact]
    public void A_request_that_git_compressed_is_understood()
    {
        using (_sample.Builder.Batch())
        {
            for (var i = 0; i < 80; i++)
            {
                _sample.Builder.Branch($"topic/with-a-rather-long-name-{i:d3}", _sample.First);
            }
        }

        RealGit.Run(_folder, "clone", "--quiet", Url, "copy");
        for (var i = 0; i < 60; i++)
        {
            _sample.Builder.CommitTo($"topic/with-a-rather-long-name-{i:d3}", "More", [GitChange.Write($"f{i}", $"{i}")]);
        }

        RealGit.Run(Path.Combine(_folder, "copy"), "fetch", "--quiet");
        Assert.Contains(_server.Log.Records, record => record.Headers.GetValueOrDefault("Content-Encoding") == "gzip" && record.Status == 200);
    }

    private async Task<string> AdvertiseAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.ServerUrl + path + "/info/refs?service=git-upload-pack");
        request.Headers.Add("Git-Protocol", "version=2");
        using var answer = await _client.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.StartsWith("001e# service=git-upload-pack\n0000000eversion 2\n", text, StringComparison.Ordinal);
        return text;
    }
}

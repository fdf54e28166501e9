using System.Text;
using SkillMeat.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class GitRemoteListTests(SampleRepositories samples)
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false, 2)]
    [InlineData(true, true, 1)]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 2)]
    public async Task All_refs_are_what_git_lists_in_as_few_requests_as_can_be(bool version2, bool optimistic, int requests)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        var answer = await Remote(server, SampleRepositories.Varied).ListRefsAsync(GitRefRequest.Everything(optimistic), Token);
        Assert.Equal(LsRemote(SampleRepositories.Varied), Flatten(answer));
        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal("main", answer.HeadBranch);
        Assert.Equal(server.UriOf(SampleRepositories.Varied), answer.Repository);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Only_refs_that_were_asked_for_come_back(bool version2, bool optimistic)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        var wanted = new GitRefRequest(["v1", "v1.0", "feature/one", "no-such", "refs/tags/nested", "bad\nname", "two words"], optimistic);
        var answer = await Remote(server, SampleRepositories.Varied).ListRefsAsync(wanted, Token);
        Assert.Equal(
            ["refs/heads/feature/one", "refs/heads/v1.0", "refs/tags/nested", "refs/tags/v1", "refs/tags/v1.0"],
            answer.Refs.Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Equal("refs/tags/v1.0", answer.Find("v1.0")!.Name);
        Assert.Equal(Rev("v1.0^{commit}"), answer.Find("v1.0")!.Target);
        Assert.Equal(Rev("refs/tags/v1.0"), answer.Find("v1.0")!.Oid);
        Assert.Equal(Rev("nested^{commit}"), answer.Find("refs/tags/nested")!.Target);
        Assert.Equal(Rev("HEAD"), answer.Head);
        Assert.Null(answer.Find("no-such"));
    }

    [Fact]
    public async Task Capabilities_are_told_by_the_discovery_and_unknown_without_it()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var remote = Remote(server, SampleRepositories.Varied);
        var told = (await remote.ListRefsAsync(new GitRefRequest([]), Token)).Capabilities!;
        Assert.Equal((2, true, true), (told.ProtocolVersion, told.Filter, told.Shallow));
        Assert.Null((await remote.ListRefsAsync(new GitRefRequest([], optimistic: true), Token)).Capabilities);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task An_empty_repository_has_no_head(bool version2, bool optimistic)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        var answer = await Remote(server, SampleRepositories.Empty).ListRefsAsync(new GitRefRequest(["main"], optimistic), Token);
        Assert.Null(answer.Head);
        Assert.Empty(answer.Refs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_detached_head_has_no_branch(bool version2)
    {
        using var git = new GitSandbox();
        var folder = git.Init("detached");
        var commit = git.CommitAll(folder, "one");
        git.Run(folder, "checkout", "--quiet", "--detach");
        await using var server = await GitHttpBackend.StartAsync(git.Root, version2);
        var answer = await Remote(server, "detached").ListRefsAsync(new GitRefRequest([]), Token);
        Assert.Equal(GitOid.Parse(commit), answer.Head);
        Assert.Null(answer.HeadBranch);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_repository_with_sha256_ids_is_refused_and_named_as_that(bool version2, bool optimistic)
    {
        using var git = new GitSandbox();
        git.CommitAll(git.Init("modern", "--object-format=sha256"), "one");
        await using var server = await GitHttpBackend.StartAsync(git.Root, version2);
        var error = await Assert.ThrowsAsync<GitProtocolException>(
            () => Remote(server, "modern").ListRefsAsync(new GitRefRequest(["main"], optimistic), Token));
        Assert.Contains("SHA256", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public async Task A_renamed_repository_shows_by_its_new_address_and_is_asked_there(bool optimistic, int answered)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (request, reply) => request.Path.StartsWithSegments("/old", out var rest)
            ? new GitHttpReply(301, "text/html", []) { Location = $"/{SampleRepositories.Varied}{rest}{request.QueryString}" }
            : reply;
        var answer = await Remote(server, "old").ListRefsAsync(new GitRefRequest(["v1"], optimistic), Token);
        Assert.Equal(server.UriOf(SampleRepositories.Varied), answer.Repository);
        Assert.Equal(Rev("v1"), answer.Find("v1")!.Oid);
        Assert.Equal(answered, server.Requests.Count(r => r.Contains(SampleRepositories.Varied, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(415)]
    [InlineData(422)]
    [InlineData(501)]
    [InlineData(200)]
    public async Task A_server_that_refuses_the_direct_question_is_asked_the_long_way(int status)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var posts = 0;
        server.Alter = (request, reply) => request.Method == "POST" && posts++ == 0 ? new GitHttpReply(status, "text/html", "<html>no</html>"u8.ToArray()) : reply;
        var answer = await Remote(server, SampleRepositories.Varied).ListRefsAsync(GitRefRequest.Everything(optimistic: true), Token);
        Assert.Equal(LsRemote(SampleRepositories.Varied), Flatten(answer));
        Assert.Equal(3, server.Requests.Count);
        Assert.NotNull(answer.Capabilities);
    }

    [Theory]
    [InlineData(401, "")]
    [InlineData(403, "")]
    [InlineData(429, "")]
    [InlineData(200, "0058ERR GitHub is temporarily limiting some unauthenticated downloads. Try again later.\n")]
    public async Task Where_only_the_direct_question_is_closed_the_list_of_version_0_answers(int status, string body)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (request, reply) => request.Method == "POST" ? reply with { Status = status, Body = Encoding.UTF8.GetBytes(body) } : reply;
        var answer = await Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest(["v1.0", "feature/one"], optimistic: true), Token);
        Assert.Equal(["refs/heads/feature/one", "refs/heads/v1.0", "refs/tags/v1.0"], answer.Refs.Select(r => r.Name));
        Assert.Equal(Rev("v1.0^{commit}"), answer.Find("v1.0")!.Target);
        Assert.Equal(["POST /varied/git-upload-pack", "GET /varied/info/refs"], server.Requests);
    }

    [Fact]
    public async Task Head_alone_is_one_question_without_a_version_and_nothing_is_read_behind_it()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var protocols = new List<string?>();
        server.Alter = (request, reply) =>
        {
            protocols.Add(request.Headers["Git-Protocol"]);
            return reply with { Body = CutAfter(reply.Body, "HEAD\0") };
        };
        var answer = await Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest([], optimistic: true), Token);
        Assert.Equal((Rev("HEAD"), "main"), (answer.Head!.Value, answer.HeadBranch));
        Assert.Equal(["GET /varied/info/refs"], server.Requests);
        Assert.Null(Assert.Single(protocols));
    }

    [Fact]
    public async Task On_a_GitHub_the_list_is_read_no_further_than_behind_the_last_ref_that_is_wanted()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (request, reply) => request.Method == "POST" ? reply with { Status = 401 } : reply with { Body = CutAfter(reply.Body, "refs/tags/v1.0\n") };
        var remote = new GitRemote(Http, server.UriOf(SampleRepositories.Varied), () => throw new InvalidOperationException("No pack is fetched here."), isGitHub: true);
        var answer = await remote.ListRefsAsync(new GitRefRequest(["v1", "feature/one"], optimistic: true), Token);
        Assert.Equal(["refs/heads/feature/one", "refs/tags/v1"], answer.Refs.Select(r => r.Name));
        Assert.Equal(Rev("HEAD"), answer.Head);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repository_whose_head_leads_nowhere_has_none(bool isGitHub)
    {
        using var git = new GitSandbox();
        var folder = git.Init("headless");
        git.CommitAll(folder, "one");
        git.Run(folder, "symbolic-ref", "HEAD", "refs/heads/not-yet");
        await using var server = await GitHttpBackend.StartAsync(git.Root);
        var remote = new GitRemote(Http, server.UriOf("headless"), () => throw new InvalidOperationException($"{samples}: No pack is fetched here."), isGitHub);
        Assert.Null((await remote.ListRefsAsync(new GitRefRequest([], optimistic: true), Token)).Head);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("version=1")]
    [InlineData("version=2")]
    public async Task Who_answers_in_another_version_without_being_asked_to_is_understood(string protocol)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.ForcedProtocol = protocol;
        var answer = await Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest([], optimistic: true), Token);
        Assert.Equal((Rev("HEAD"), "main"), (answer.Head!.Value, answer.HeadBranch));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000eERR hello\n")]
    [InlineData("0008hell0000")]
    [InlineData("0004")]
    [InlineData("0008NAK\n")]
    public async Task A_body_that_is_no_list_of_refs_is_asked_for_the_long_way(string body)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var posts = 0;
        server.Alter = (request, reply) => request.Method == "POST" && posts++ == 0 ? reply with { Body = Encoding.UTF8.GetBytes(body) } : reply;
        var answer = await Remote(server, SampleRepositories.Varied).ListRefsAsync(GitRefRequest.Everything(optimistic: true), Token);
        Assert.Equal(LsRemote(SampleRepositories.Varied), Flatten(answer));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(429, true)]
    [InlineData(404, false)]
    [InlineData(401, false)]
    public async Task A_status_that_is_an_error_is_told_with_whether_to_try_again(int status, bool transient)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (_, _) => new GitHttpReply(status, "text/plain", []);
        var error = await Assert.ThrowsAsync<GitProtocolException>(
            () => Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest(["v1"], optimistic: true), Token));
        Assert.Equal(status, (int)error.StatusCode!);
        Assert.Equal(transient, error.IsTransient);
    }

    [Fact]
    public async Task A_server_in_trouble_is_not_asked_a_second_question()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (_, _) => new GitHttpReply(503, "text/plain", []);
        await Assert.ThrowsAsync<GitProtocolException>(
            () => Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest([], optimistic: true), Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_web_page_with_status_200_is_no_answer()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (_, _) => new GitHttpReply(200, "text/html; charset=utf-8", "<html>Sign in</html>"u8.ToArray());
        var error = await Assert.ThrowsAsync<GitProtocolException>(
            () => Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest([]), Token));
        Assert.True(error.IsTransient);
        Assert.Contains("text/html", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_cut_anywhere_is_never_taken_for_the_whole(bool version2)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        var length = 0;
        server.Alter = (_, reply) => { length = Math.Max(length, reply.Body.Length); return reply; };
        await Remote(server, SampleRepositories.Varied).ListRefsAsync(GitRefRequest.Everything(), Token);
        for (var at = 0; at < length; at += Math.Max(1, length / 20))
        {
            var cut = at;
            server.Alter = (_, reply) => reply with { Body = reply.Body[..Math.Min(cut, Math.Max(0, reply.Body.Length - 1))] };
            var error = await Assert.ThrowsAsync<GitProtocolException>(
                () => Remote(server, SampleRepositories.Varied).ListRefsAsync(GitRefRequest.Everything(), Token));
            Assert.True(error.IsTransient);
        }
    }

    [Fact]
    public async Task A_broken_connection_is_transient()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (_, reply) => reply with { BreakAfter = reply.Body.Length / 2 };
        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => Remote(server, SampleRepositories.Varied).ListRefsAsync(GitRefRequest.Everything(), Token));

        // A reset can also overtake the answer's head.
        Assert.True(error is GitProtocolException { IsTransient: true } or HttpRequestException, error.ToString());
    }

    [Fact]
    public async Task Messages_of_a_server_are_shown_without_control_characters()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        server.Alter = (_, reply) => reply with { Body = "0015ERR \u001b[31mgo away\n"u8.ToArray() };
        var error = await Assert.ThrowsAsync<GitProtocolException>(
            () => Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest([]), Token));
        Assert.EndsWith("refused:  [31mgo away", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task A_cancelled_question_ends_as_cancelled()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        server.Alter = (_, reply) => { source.Cancel(); return reply; };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Remote(server, SampleRepositories.Varied).ListRefsAsync(new GitRefRequest([], optimistic: true), source.Token));
    }

    private static GitRemote Remote(GitHttpBackend server, string repository) =>
        new(Http, server.UriOf(repository), () => throw new InvalidOperationException("No pack is fetched here."));

    private GitOid Rev(string revision) => GitOid.Parse(samples.Git.Text(samples.FolderOf(SampleRepositories.Varied), "rev-parse", revision));

    private static byte[] CutAfter(byte[] body, string text)
    {
        var at = body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        // Up to the end of the line, which for the first line is after its capabilities.
        return body[..(at + body.AsSpan(at).IndexOf((byte)'\n') + 1)];
    }

    private string[] LsRemote(string repository) =>
        [.. samples.Git.Lines(samples.Git.Root, "ls-remote", samples.FolderOf(repository)).Order(StringComparer.Ordinal)];

    private static string[] Flatten(GitAdvertisement answer)
    {
        var lines = new List<string> { $"{answer.Head}\tHEAD" };
        foreach (var found in answer.Refs)
        {
            lines.Add($"{found.Oid}\t{found.Name}");
            if (found.Peeled is { } peeled) lines.Add($"{peeled}\t{found.Name}^{{}}");
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }
}

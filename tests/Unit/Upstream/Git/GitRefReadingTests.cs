using System.Diagnostics;
using System.Globalization;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Tests.Upstream.Http;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>The list of refs through our own HTTP layer: the amount that is read, and the reuse of the connection.</summary>
public sealed class GitRefReadingTests(SampleRepositories samples)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_waits_for_what_comes_behind_the_head()
    {
        await using var server = new LoopbackServer(_ => Advertising(declared: 10_000_000, "0123456789abcdef0123456789abcdef01234567 HEAD\0symref=HEAD:refs/heads/main agent=git/2\n"));
        using var http = HttpRig.Client(server, HttpRig.Quick);
        var watch = Stopwatch.StartNew();

        var answer = await Remote(http, new Uri(server.Root, "o/r")).ListRefsAsync(new GitRefRequest([], optimistic: true), Token);

        Assert.Equal(("0123456789abcdef0123456789abcdef01234567", "main"), (answer.Head!.Value.ToString(), answer.HeadBranch));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
        Assert.Equal("/o/r/info/refs?service=git-upload-pack", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public void The_order_of_a_list_is_that_of_bytes()
    {
        var request = new GitRefRequest(["\U0001F389", "v1"]);

        Assert.False(request.EndsBefore("refs/tags/\uF900"));
        Assert.False(request.EndsBefore("refs/tags/v1^{}"));
        Assert.True(request.EndsBefore("refs/tags/\U0001F38A"));
        // The line after refs/tags/v1, although it sorts after refs/tags/v1.0.
        Assert.False(new GitRefRequest(["v1", "v1.0"]).EndsBefore("refs/tags/v1^{}"));
        Assert.True(new GitRefRequest(["v1", "v1.0"]).EndsBefore("refs/tags/v1.0.1"));
    }

    [Fact]
    public async Task A_short_list_leaves_its_connection_to_the_next()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        using var http = new UpstreamHttp(HttpRig.Quick, HttpRig.HostsOf(server.UriOf("")), TimeProvider.System);
        for (var i = 0; i < 10; i++) await Remote(http, server.UriOf(SampleRepositories.Varied)).ListRefsAsync(new GitRefRequest([], optimistic: true), Token);
        Assert.Equal(10, server.Requests.Count);
        Assert.InRange(server.Connections.Count, 1, 3);
    }

    [Fact]
    public async Task Of_tens_of_thousands_of_pulls_hardly_any_are_read()
    {
        using var git = new GitSandbox();
        var folder = git.Init("popular");
        var commit = git.CommitAll(folder, "one");
        var packed = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
        for (var i = 10_000; i < 40_000; i++) packed.Append(CultureInfo.InvariantCulture, $"{commit} refs/pull/{i}/head\n");
        await File.WriteAllTextAsync(Path.Combine(folder, ".git", "packed-refs"), packed.ToString(), Token);
        await using var server = await GitHttpBackend.StartAsync(git.Root);
        var length = 0;
        server.Alter = (_, reply) => { length = reply.Body.Length; return reply; };
        using var counting = new CountingHandler(DefaultHandler.Create());
        using var http = new UpstreamHttp(HttpRig.Quick, HttpRig.HostsOf(server.UriOf("")), TimeProvider.System, counting);

        var answer = await Remote(http, server.UriOf("popular")).ListRefsAsync(new GitRefRequest([], optimistic: true), Token);

        Assert.Equal(commit, answer.Head!.Value.ToString());
        Assert.True(length > 1_500_000, $"{samples}: only {length} bytes are there to read");
        Assert.InRange(counting.Bytes, 1, 128 * 1024);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_detached_head_is_told_without_a_branch(bool isGitHub)
    {
        using var git = new GitSandbox();
        var folder = git.Init("detached");
        var commit = git.CommitAll(folder, "one");
        git.Run(folder, "checkout", "--quiet", "--detach");
        await using var server = await GitHttpBackend.StartAsync(git.Root);
        using var http = new UpstreamHttp(HttpRig.Quick, HttpRig.HostsOf(server.UriOf("")), TimeProvider.System);
        var remote = new GitRemote(new UpstreamGitTransport(http, RepositoryAddress.OnGitHost(server.UriOf("detached"))), server.UriOf("detached"), GitRepository.CreateTemporaryFile, isGitHub);
        var answer = await remote.ListRefsAsync(new GitRefRequest([], optimistic: true), Token);
        Assert.Equal((GitOid.Parse(commit), null), (answer.Head!.Value, answer.HeadBranch));
    }

    [Fact]
    public async Task A_limit_in_gits_own_words_closes_the_host_and_names_it()
    {
        await using var server = new LoopbackServer(r => r.Method == "GET"
            ? Advertising(declared: null, "0123456789abcdef0123456789abcdef01234567 HEAD\0agent=git/2\n")
            : Reply.Of(200, "0046ERR This request was rate-limited due to too many requests, wait.\n", "Content-Type: application/x-git-upload-pack-result"));
        using var http = HttpRig.Client(server, HttpRig.Quick);
        var remote = Remote(http, new Uri(server.Root, "o/r"));
        var refs = await remote.ListRefsAsync(new GitRefRequest([], optimistic: true), Token);

        for (var i = 0; i < 3; i++)
        {
            var error = await Assert.ThrowsAsync<UpstreamException>(() => remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Token));
            Assert.Equal(ErrorIds.UpstreamRateLimited, error.ErrorId);
            Assert.StartsWith($"{server.Root.Authority} currently limits git without a token", error.Message, StringComparison.Ordinal);
        }

        Assert.Single(server.Requests, r => r.Method == "POST");
    }

    [Fact]
    public void A_temporary_pack_is_its_owners_alone()
    {
        using var file = GitRepository.CreateTemporaryFile();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.SafeFileHandle));
        Assert.True(file.CanWrite);
    }

    private static GitRemote Remote(UpstreamHttp http, Uri repository) =>
        new(new UpstreamGitTransport(http, RepositoryAddress.OnGitHost(repository)), repository, GitRepository.CreateTemporaryFile, isGitHub: true);

    private static Reply Advertising(int? declared, string line)
    {
        var body = $"001e# service=git-upload-pack\n0000{line.Length + 4:x4}{line}" + (declared is null ? "0000" : "");
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nContent-Length: {declared ?? body.Length}\r\n\r\n";
        return new Reply(Encoding.ASCII.GetBytes(head + body), declared is null ? ReplyEnd.KeepOpen : ReplyEnd.Silence);
    }
}

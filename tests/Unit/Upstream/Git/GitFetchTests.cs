using System.Globalization;
using System.Text;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Wire;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class GitFetchTests(SampleRepositories samples)
{
    private const int NoLimit = int.MaxValue;

    private static readonly HttpClient Http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SampleRepositories.Varied, true)]
    [InlineData(SampleRepositories.Varied, false)]
    [InlineData(SampleRepositories.Deep, true)]
    [InlineData(SampleRepositories.Large, true)]
    [InlineData(SampleRepositories.Large, false)]
    public async Task The_whole_history_has_every_object_as_git_has_it(string repository, bool version2)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        using var files = new TemporaryPacks();
        var remote = new GitRemote(Http, server.UriOf(repository), files.Create);
        var refs = await remote.ListRefsAsync(GitRefRequest.Everything(), Token);
        using var objects = await remote.FetchAsync(
            refs, [.. refs.Refs.Select(r => r.Oid).Append(refs.Head!.Value).Distinct()], new GitFetchOptions(WithoutBlobs: false, Depth: null), Token);
        Assert.True(objects.IncludesBlobs);
        Assert.Equal(repository == SampleRepositories.Large ? 1 : 0, files.Count);
        AssertAllObjects(repository, objects);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task One_commit_without_blobs_has_all_trees_and_their_paths(bool version2, bool optimistic)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied, optimistic);
        using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Token);
        Assert.False(objects.IncludesBlobs);
        Assert.DoesNotContain(objects.Oids, o => objects.TryGetKind(o, out var kind) && kind == GitObjectKind.Blob);
        Assert.Single(objects.Oids, o => objects.TryGetKind(o, out var kind) && kind == GitObjectKind.Commit);
        Assert.Equal(LsTree("HEAD"), objects.Walk(refs.Head!.Value).Select(e => $"{e.Entry.ToString().Split(' ')[0]} {Name(e.Entry.Kind)} {e.Entry.Oid}\t{e.Path}"));
    }

    [Fact]
    public async Task A_fetch_after_an_optimistic_question_discovers_once()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied, optimistic: true);
        for (var i = 0; i < 2; i++)
        {
            using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Token);
        }

        string[] expected = ["GET /varied/info/refs", "GET /varied/info/refs", "POST /varied/git-upload-pack", "POST /varied/git-upload-pack"];
        Assert.Equal(expected, server.Requests);
    }

    [Fact]
    public async Task From_a_GitHub_objects_are_fetched_without_asking_what_it_can()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var remote = GitHub(server);
        using var objects = await remote.FetchAsync(advertisement: null, [Rev("HEAD:skills")], new GitFetchOptions(WithoutBlobs: false, Depth: null), Token);
        Assert.Equal(["grüße 日本", "run.sh"], objects.ReadTree(Rev("HEAD:skills")).Select(e => e.Name));
        Assert.Equal("#!/bin/sh\n", Encoding.UTF8.GetString(objects.ReadBlob(Rev("HEAD:skills/run.sh"), NoLimit)));
        Assert.Equal(["POST /varied/git-upload-pack"], server.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_request_that_a_GitHub_refuses_at_first_is_sent_again_after_a_discovery(int status)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var posts = 0;
        server.Alter = (request, reply) => request.Method == "POST" && posts++ == 0 ? new GitHttpReply(status, "text/plain", []) : reply;
        using var objects = await GitHub(server).FetchAsync(advertisement: null, [Rev("HEAD:skills")], new GitFetchOptions(WithoutBlobs: true, Depth: null), Token);
        Assert.Equal(["POST /varied/git-upload-pack", "GET /varied/info/refs", "POST /varied/git-upload-pack"], server.Requests);
    }

    [Fact]
    public async Task An_object_that_a_GitHub_does_not_have_needs_no_discovery()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var absent = GitOid.Parse("0123456789abcdef0123456789abcdef01234567");
        var error = await Assert.ThrowsAsync<GitProtocolException>(
            () => GitHub(server).FetchAsync(advertisement: null, [absent], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Token));
        Assert.Equal(absent, error.MissingObject);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_can_be_fetched_without_anything_in_it(bool version2)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: true, Depth: 1) { WithoutTrees = true }, Token);
        Assert.Equal([refs.Head!.Value], objects.Oids);
        Assert.Equal(Rev("HEAD^{tree}"), objects.ReadCommit(refs.Head!.Value).Tree);
    }

    [Theory]
    [InlineData("multi_ack_detailed")]
    [InlineData("multi_ack")]
    public void Acknowledgements_of_a_server_of_version_0_are_named_with_the_first_want(string word)
    {
        var capabilities = new GitCapabilities { ProtocolVersion = 0, SideBand = true, MultiAck = word };
        var body = Encoding.ASCII.GetString(FetchRequest.For(capabilities, [Rev("HEAD")], new GitFetchOptions(WithoutBlobs: false, Depth: null)).Body.Span);
        Assert.Contains($"want {Rev("HEAD")} {word} side-band-64k\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0008NAK\n")]
    [InlineData("0038ACK 0123456789abcdef0123456789abcdef01234567 common\n0008NAK\n")]
    [InlineData("0037ACK 0123456789abcdef0123456789abcdef01234567 ready\n0031ACK 0123456789abcdef0123456789abcdef01234567\n")]
    public async Task The_pack_comes_after_any_acknowledgement_of_a_server_of_version_0(string negotiation)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, passesProtocol: false);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        server.Alter = (_, reply) => reply with { Body = [.. Encoding.ASCII.GetBytes(negotiation), .. reply.Body.AsSpan(reply.Body.AsSpan().IndexOf("0008NAK\n"u8) + 8)] };
        using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: true, Depth: null), Token);
        Assert.Equal(Rev("HEAD^{tree}"), objects.ReadCommit(refs.Head!.Value).Tree);
    }

    [Fact]
    public async Task Single_trees_blobs_and_tags_can_be_wanted_even_where_blobs_are_left_out()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        GitOid tree = Rev("HEAD:skills"), blob = Rev("HEAD~20:changes.md"), tag = Rev("refs/tags/nested");
        using var objects = await remote.FetchAsync(refs, [tree, blob, tag], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Token);
        Assert.Equal(["grüße 日本", "run.sh"], objects.ReadTree(tree).Select(e => e.Name));
        Assert.Equal(samples.Git.Run(Varied, "cat-file", "blob", blob.ToString()), objects.ReadBlob(blob, NoLimit));
        Assert.Equal(Rev("nested^{commit}"), objects.Peel(tag));
        Assert.Equal(Rev("nested^{tree}"), objects.ReadCommit(tag).Tree);
        Assert.Equal(Rev("nested:README.md"), objects.FindPath(tag, "README.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_cannot_leave_out_blobs_sends_them_and_the_result_says_so(bool version2)
    {
        using var git = new GitSandbox();
        var folder = git.Init("plain");
        git.Write(folder, "file", "content");
        git.CommitAll(folder, "one");
        await using var server = await GitHttpBackend.StartAsync(git.Root, version2);
        var (refs, remote) = await HeadAsync(server, "plain");
        Assert.False(refs.Capabilities!.Filter);
        using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Token);
        Assert.True(objects.IncludesBlobs);
        Assert.Equal("content", Encoding.UTF8.GetString(objects.ReadBlob(objects.FindPath(refs.Head.Value, "file")!.Value, NoLimit)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_object_that_is_not_there_is_named(bool version2)
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root, version2);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        var absent = GitOid.Parse("0123456789abcdef0123456789abcdef01234567");
        var error = await Assert.ThrowsAsync<GitProtocolException>(
            () => remote.FetchAsync(refs, [refs.Head!.Value, absent], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Token));
        Assert.Equal(absent, error.MissingObject);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Paths_lead_to_entries_and_nowhere_else()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        var head = refs.Head!.Value;
        using var objects = await remote.FetchAsync(refs, [head], new GitFetchOptions(WithoutBlobs: false, Depth: 1), Token);
        Assert.Equal(Rev("HEAD^{tree}"), objects.FindPath(head, ""));
        Assert.Equal(Rev("HEAD^{tree}"), objects.FindPath(Rev("HEAD^{tree}"), "/"));
        Assert.Equal(Rev("HEAD:deep/er/and/deeper/file"), objects.FindPath(head, "deep/er/and/deeper/file"));
        Assert.Equal(Rev("HEAD:skills/grüße 日本"), objects.FindPath(head, "/skills/grüße 日本/"));
        Assert.Equal(GitFileMode.Link, objects.FindEntry(head, "link")!.Mode);
        Assert.Equal(GitFileMode.Executable, objects.FindEntry(head, "skills/run.sh")!.Mode);
        Assert.Equal((GitFileMode.Submodule, GitObjectKind.Commit), (objects.FindEntry(head, "module")!.Mode, objects.FindEntry(head, "module")!.Kind));
        foreach (var nowhere in (string[])["no", "README.md/x", "module/x", "Skills", "skills/..", "deep/er/and/deeper/file/x"])
            Assert.Null(objects.FindPath(head, nowhere));
    }

    [Fact]
    public async Task A_file_longer_than_wanted_is_not_read_and_what_is_missing_is_named()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: false, Depth: 1), Token);
        var noise = objects.FindPath(refs.Head.Value, "noise.bin")!.Value;
        Assert.Equal(300_000, objects.ReadBlob(noise, 300_000).Length);
        Assert.Throws<GitProtocolException>(() => objects.ReadBlob(noise, 299_999));
        var absent = GitOid.Parse("0123456789abcdef0123456789abcdef01234567");
        Assert.Equal(absent, Assert.Throws<GitProtocolException>(() => objects.ReadTree(absent)).MissingObject);
        Assert.Throws<GitProtocolException>(() => objects.ReadTree(noise));
        objects.Dispose();
        Assert.Throws<ObjectDisposedException>(() => objects.ReadTree(refs.Head.Value));
    }

    [Fact]
    public async Task A_blob_is_the_callers_own_copy()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Deep);
        using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: false, Depth: null), Token);
        var blob = objects.FindPath(refs.Head.Value, "big.txt")!.Value;
        var first = objects.ReadBlob(blob, NoLimit);
        var kept = first.ToArray();
        Array.Clear(first);
        Assert.Equal(kept, objects.ReadBlob(blob, NoLimit));
    }

    [Fact]
    public async Task Many_threads_can_read_at_once()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        using var objects = await remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: false, Depth: null), Token);
        Parallel.For(0, 8, _ => AssertAllHashes(objects));
    }

    [Fact]
    public async Task A_pack_with_more_objects_than_the_limit_is_refused()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, _) = await HeadAsync(server, SampleRepositories.Varied);
        var limited = new GitRemote(new HttpGitTransport(Http) { Limits = new UpstreamLimits { PackObjects = 3 } }, server.UriOf(SampleRepositories.Varied), () => new MemoryStream());
        var error = await Assert.ThrowsAsync<GitProtocolException>(() => limited.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: false, Depth: 1), Token));
        Assert.False(error.IsTransient);
        Assert.Contains("a pack of 3 objects, the limit for it ('pack-objects' under [limits] in config.toml)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_cut_or_broken_anywhere_is_transient_and_leaves_no_file()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        using var files = new TemporaryPacks();
        var remote = new GitRemote(Http, server.UriOf(SampleRepositories.Large), files.Create);
        var refs = await remote.ListRefsAsync(new GitRefRequest([]), Token);
        for (var i = 5; i < 10; i++)
        {
            var (part, breaks) = (i, i % 2 == 0);
            server.Alter = (_, reply) => breaks
                ? reply with { BreakAfter = reply.Body.Length / 10 * part }
                : reply with { Body = reply.Body[..(reply.Body.Length / 10 * part)] };
            var error = await Assert.ThrowsAnyAsync<Exception>(
                () => remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: false, Depth: 1), Token));

            // A reset can also overtake the answer's head.
            Assert.True(error is GitProtocolException { IsTransient: true } || (breaks && error is HttpRequestException), error.ToString());
        }

        Assert.True(files.Count > 0);
        Assert.True(files.AllClosed);
    }

    [Fact]
    public async Task An_error_in_the_side_band_is_the_servers()
    {
        await using var server = await GitHttpBackend.StartAsync(samples.Git.Root);
        var (refs, remote) = await HeadAsync(server, SampleRepositories.Varied);
        server.Alter = (_, reply) => reply with { Body = "000dpackfile\n0010\u0003out of disk0000"u8.ToArray() };
        var error = await Assert.ThrowsAsync<GitProtocolException>(
            () => remote.FetchAsync(refs, [refs.Head!.Value], new GitFetchOptions(WithoutBlobs: false, Depth: 1), Token));
        Assert.Contains("out of disk", error.Message, StringComparison.Ordinal);
    }

    private string Varied => samples.FolderOf(SampleRepositories.Varied);

    private static string Name(GitObjectKind kind) => kind.ToString().ToLowerInvariant();

    private static GitRemote GitHub(GitHttpBackend server) =>
        new(Http, server.UriOf(SampleRepositories.Varied), () => throw new InvalidOperationException("Nothing here is large."), isGitHub: true);

    private async Task<(GitAdvertisement Refs, GitRemote Remote)> HeadAsync(GitHttpBackend server, string repository, bool optimistic = false)
    {
        var remote = new GitRemote(Http, server.UriOf(repository), () => throw new InvalidOperationException($"{samples}: nothing here is large."));
        return (await remote.ListRefsAsync(new GitRefRequest([], optimistic), Token), remote);
    }

    private GitOid Rev(string revision) => GitOid.Parse(samples.Git.Text(Varied, "rev-parse", revision));

    private string[] LsTree(string revision) =>
        [.. Encoding.UTF8.GetString(samples.Git.Run(Varied, "ls-tree", "-r", "-t", "-z", revision)).Split('\0', StringSplitOptions.RemoveEmptyEntries)];

    private void AssertAllObjects(string repository, GitObjects objects)
    {
        var folder = samples.FolderOf(repository);
        var expected = samples.Git.Lines(folder, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").ToHashSet();
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            objects.Oids.Select(o => $"{o} {Name(KindOf(objects, o))}").Order(StringComparer.Ordinal));
        var contents = BatchContents(folder, objects.Oids.Where(o => KindOf(objects, o) == GitObjectKind.Blob));
        foreach (var (oid, content) in contents) Assert.True(content.Span.SequenceEqual(objects.ReadBlob(oid, NoLimit)), $"{oid} differs");
        AssertAllHashes(objects);
        foreach (var commit in objects.Oids.Where(o => KindOf(objects, o) == GitObjectKind.Commit))
        {
            var read = objects.ReadCommit(commit);
            Assert.Equal(
                samples.Git.Text(folder, "show", "--quiet", "--format=%T %P", commit.ToString()),
                string.Join(' ', read.Parents.Prepend(read.Tree)).PadRight(read.Parents.Count == 0 ? 40 : 0));
        }
    }

    private static void AssertAllHashes(GitObjects objects)
    {
        foreach (var oid in objects.Oids)
        {
            var kind = KindOf(objects, oid);
            if (kind == GitObjectKind.Tree) Assert.Equal(oid, GitObjectId.OfTree(objects.ReadTree(oid)));
            if (kind == GitObjectKind.Blob) Assert.Equal(oid, GitObjectId.OfBlob(objects.ReadBlob(oid, NoLimit)));
        }
    }

    private static GitObjectKind KindOf(GitObjects objects, GitOid oid)
    {
        Assert.True(objects.TryGetKind(oid, out var kind));
        return kind;
    }

    private List<(GitOid Oid, ReadOnlyMemory<byte> Content)> BatchContents(string folder, IEnumerable<GitOid> oids)
    {
        var request = Encoding.ASCII.GetBytes(string.Concat(oids.Select(o => $"{o}\n")));
        ReadOnlyMemory<byte> output = samples.Git.RunWithInput(folder, s => s.Write(request), "cat-file", "--batch");
        var contents = new List<(GitOid, ReadOnlyMemory<byte>)>();
        while (!output.IsEmpty)
        {
            var end = output.Span.IndexOf((byte)'\n');
            var words = Encoding.ASCII.GetString(output.Span[..end]).Split(' ');
            var length = int.Parse(words[2], CultureInfo.InvariantCulture);
            contents.Add((GitOid.Parse(words[0]), output.Slice(end + 1, length)));
            output = output[(end + 1 + length + 1)..];
        }

        return contents;
    }
}

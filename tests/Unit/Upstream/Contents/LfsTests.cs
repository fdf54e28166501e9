using System.Net;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Upstream.Tokens;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Files in Git LFS, and repositories inside repositories.</summary>
public sealed class LfsTests
{
    private static readonly byte[] _model = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_pointer_is_replaced_by_its_file(bool token, bool gitHub)
    {
        await using var scene = await ContentScene.StartAsync(token);
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"), GitChange.Write("a/model.bin", kept.PointerText));

        var fetched = (await scene.FetchAsync(gitHub ? scene.OnGitHub : scene.OnGitHost, commit, "a"))[0];

        Assert.Empty(fetched.Warnings);
        Assert.Equal(_model, scene.Store.ReadBlob(scene.Store.Find(fetched.Entry!.Id, "model.bin")!.Id));
        Assert.All(scene.Server.Log.Records.Where(r => r.Path.EndsWith("/objects/batch", StringComparison.Ordinal)), r => Assert.False(r.HadToken));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Path.StartsWith("/lfs-host/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_private_repository_is_asked_with_the_token_after_it_refused_everybody()
    {
        await using var scene = await ContentScene.StartAsync();
        scene.Server.SetFacts(ContentScene.Repo, new SkillMeat.Tests.LoopbackGitHub.RepositoryFacts { Private = true });
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", kept.PointerText));

        var fetched = (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0];

        Assert.Empty(fetched.Warnings);
        Assert.Equal([false, true], scene.Server.Log.Records.Where(r => r.Path.EndsWith("/objects/batch", StringComparison.Ordinal)).Select(r => r.HadToken));
    }

    [Fact]
    public async Task A_file_that_is_kept_is_not_fetched_again_and_one_that_was_not_there_is()
    {
        await using var scene = await ContentScene.StartAsync();
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        byte[] late = [1, 2, 3];
        var missing = $"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(late)).ToLowerInvariant()}\nsize {late.Length}\n";
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", kept.PointerText), GitChange.Write("a/late.bin", missing));
        var first = (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0];
        Assert.Equal("'a/late.bin' of", Assert.Single(first.Warnings)[..15]);
        scene.Server.AddLfsObject(ContentScene.Repo, late);
        scene.Server.Log.Clear();

        var second = (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0];

        Assert.Empty(second.Warnings);
        Assert.Equal(late, scene.Store.ReadBlob(scene.Store.Find(second.Entry!.Id, "late.bin")!.Id));
        Assert.Equal(_model, scene.Store.ReadBlob(scene.Store.Find(second.Entry!.Id, "model.bin")!.Id));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Path.StartsWith("/lfs-host/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_with_other_bytes_is_not_taken()
    {
        await using var scene = await ContentScene.StartAsync();
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", kept.PointerText));
        scene.Server.Faults = SkillMeat.Tests.LoopbackGitHub.Faults.When(r => r.Path.StartsWith("/lfs-host/", StringComparison.Ordinal), SkillMeat.Tests.LoopbackGitHub.Faults.Always(Fault.HalfBody()));

        var fetched = (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0];

        Assert.Contains("could not be fetched", Assert.Single(fetched.Warnings), StringComparison.Ordinal);
        Assert.Equal([$"a/model.bin File {kept.PointerText}"], scene.Read(fetched));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(3L << 30)]
    public async Task A_file_that_is_too_large_stays_a_pointer_and_costs_the_others_nothing(long size)
    {
        await using var scene = await ContentScene.StartAsync();
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var huge = $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize {size}\n";
        using var handler = new LfsHandler(new string('a', 64), "https://lfs.example/huge", () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("short") });
        var commit = scene.Git.Commit("1", GitChange.Write("a/huge.bin", huge), GitChange.Write("a/model.bin", kept.PointerText));

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])], handler));

        Assert.Null(answer.Error);
        var fetched = answer.Paths[0];
        Assert.Contains("'a/huge.bin'", Assert.Single(fetched.Warnings), StringComparison.Ordinal);
        Assert.Equal(_model, scene.Store.ReadBlob(scene.Store.Find(fetched.Entry!.Id, "model.bin")!.Id));
        Assert.Empty(handler.Authorizations);
        Assert.Equal(huge, System.Text.Encoding.UTF8.GetString(scene.Store.ReadBlob(scene.Store.Find(fetched.Entry!.Id, "huge.bin")!.Id)));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("some bytes")]
    [InlineData("more bytes than the pointer says")]
    public async Task Other_bytes_from_another_host_are_not_taken_and_it_gets_no_credentials_of_ours(string bytes)
    {
        await using var scene = await ContentScene.StartAsync();
        var oid = new string('a', 64);
        var pointer = $"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 10\n";
        using var handler = new LfsHandler(oid, "https://lfs.example/file", () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(bytes) });
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", pointer));

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])], handler));

        Assert.Null(answer.Error);
        Assert.Contains("could not be fetched", Assert.Single(answer.Paths[0].Warnings), StringComparison.Ordinal);
        Assert.Equal([$"a/model.bin File {pointer}"], scene.Read(answer.Paths[0]));
        Assert.All(handler.Authorizations, Assert.Null);
        Assert.NotEmpty(handler.Authorizations);
    }

    [Fact]
    public async Task A_host_that_the_answer_names_is_asked_with_nothing_that_git_keeps_for_it()
    {
        await using var scene = await ContentScene.StartAsync();
        using var secrets = new GitCredentialScene().Keep(new Uri("https://lfs.example"));
        scene.Secrets = secrets;
        var oid = new string('a', 64);
        using var handler = new LfsHandler(oid, "https://lfs.example/file", () => new HttpResponseMessage(HttpStatusCode.Unauthorized));
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", $"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 10\n"));

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])], handler));

        Assert.Single(answer.Paths[0].Warnings);
        Assert.Equal([null], handler.Authorizations);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://lfs.example/file")]
    [InlineData("/relative")]
    [InlineData("nonsense")]
    public async Task An_address_that_is_none_of_the_web_is_not_followed(string href)
    {
        await using var scene = await ContentScene.StartAsync();
        var oid = new string('a', 64);
        using var handler = new LfsHandler(oid, href, () => throw new InvalidOperationException("It was followed."));
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", $"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 10\n"));

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])], handler));

        Assert.Contains("gives no address", Assert.Single(answer.Paths[0].Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pointer_is_replaced_where_the_program_git_has_to_fetch()
    {
        await using var scene = await ContentScene.StartAsync();
        using var handler = new ClosedGitHandler();
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", kept.PointerText));

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHost, commit, ["a"])], handler));

        Assert.Null(answer.Error);
        Assert.Empty(answer.Paths[0].Warnings);
        Assert.Equal(_model, scene.Store.ReadBlob(scene.Store.Find(answer.Paths[0].Entry!.Id, "model.bin")!.Id));
    }

    [Fact]
    public async Task A_pointer_that_came_another_way_than_the_web_stays_and_says_why()
    {
        await using var scene = await ContentScene.StartAsync();
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", kept.PointerText));

        var fetched = await scene.FetchByGitAsync(commit, "a");

        Assert.Contains("(Git LFS is supported over HTTPS only)", Assert.Single(fetched.Warnings), StringComparison.Ordinal);
        Assert.Equal([$"a/model.bin File {kept.PointerText}"], scene.Read(fetched));
    }

    [Theory]
    [InlineData(true, 3000)]
    [InlineData(false, 3000)]
    [InlineData(true, 6_000_000)]
    [InlineData(false, 6_000_000)]
    public async Task The_file_is_taken_from_where_it_came_instead_of_its_pointer(bool archive, int length)
    {
        await using var scene = await ContentScene.StartAsync(token: false, new LoopbackGitHubOptions { GitMood = GitMood.Refuse401 });
        byte[] file = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        var pointer = $"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file)).ToLowerInvariant()}\nsize {length}\n";
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", pointer));
        using var handler = new LfsArchiveHandler(archive ? Tarball.Make(Tarball.Bytes($"{Tarball.Root}/a/model.bin", file)) : null, file);

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])], handler));

        Assert.Null(answer.Error);
        Assert.Empty(answer.Paths[0].Warnings);
        Assert.Equal(file, scene.Store.ReadBlob(scene.Store.Find(answer.Paths[0].Entry!.Id, "model.bin")!.Id));
        Assert.DoesNotContain(scene.Server.Log.Records, r => r.Path.EndsWith("/objects/batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_submodule_is_left_out_and_named()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"), GitChange.Submodule("a/other", new string('1', 40)));

        foreach (var repository in new[] { scene.OnGitHub, scene.OnGitHost })
        {
            var fetched = (await scene.FetchAsync(repository, commit, "a"))[0];
            Assert.Equal(["a/SKILL.md File a"], scene.Read(fetched));
            Assert.Contains("'a/other' of", Assert.Single(fetched.Warnings), StringComparison.Ordinal);
        }
    }
}

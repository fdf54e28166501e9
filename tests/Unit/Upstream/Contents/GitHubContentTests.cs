using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Upstream.Tokens;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Content from a GitHub: one archive, read during the download.</summary>
public sealed class GitHubContentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_paths_of_one_commit_cost_one_download(bool token)
    {
        await using var scene = await ContentScene.StartAsync(token);
        var commit = scene.Git.Commit("1", Enumerable.Range(0, 30).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", $"skill {i}")).ToArray());
        var paths = Enumerable.Range(0, 30).Select(i => $"skills/s{i}").ToList();

        var answers = await scene.FetchAsync([
            new ContentQuestion(scene.OnGitHub, commit, paths.Take(10).ToList()),
            new ContentQuestion(scene.OnGitHub, commit.ToUpperInvariant(), paths.Skip(10).ToList()),
            new ContentQuestion(scene.OnGitHub, commit, ["skills/s3", "skills/none"]),
        ]);

        Assert.Equal([10, 20, 2], answers.Select(answer => answer.Paths.Count));
        Assert.Equal(paths, answers.Take(2).SelectMany(answer => answer.Paths).Select(path => path.Path));
        Assert.Equal(["s7/SKILL.md File skill 7"], scene.Read(answers[0].Paths[7]));
        Assert.Equal(["s29/SKILL.md File skill 29"], scene.Read(answers[1].Paths[19]));
        Assert.Equal(["s3/SKILL.md File skill 3"], scene.Read(answers[2].Paths[0]));
        Assert.Equal(new FetchedPath("skills/none", null, null), answers[2].Paths[1]);
        // With a token the trees and then the files, without one the trees and then the archive.
        const string Git = "/octo/skills.git/git-upload-pack";
        Assert.Equal(token ? [Git, Git] : [Git, $"/octo/skills/archive/{commit}.tar.gz"], scene.Server.Log.Records.Where(r => !r.Path.StartsWith("/codeload/", StringComparison.Ordinal)).Select(r => r.Path));
        Assert.Equal(token ? 0 : 1, scene.Server.Log.Records.Count(r => r.Path.StartsWith("/codeload/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Content_arrives_as_it_is()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit(
            "1",
            GitChange.Write("skills/ü 日本 😀/SKILL.md", "# ü"),
            GitChange.Write("skills/ü 日本 😀/run.sh", "#!/bin/sh", executable: true),
            GitChange.Write("skills/ü 日本 😀/empty", ""),
            GitChange.Write($"skills/ü 日本 😀/{new string('n', 120)}/{new string('m', 120)}", "long"),
            GitChange.Symlink("skills/ü 日本 😀/docs/link", "../SKILL.md"),
            GitChange.Write("commands/x.md", "command"));

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "skills/ü 日本 😀", "commands/x.md", "commands", "", "x.md", "skills/ü");

        Assert.Equal(
            [
                "ü 日本 😀/SKILL.md File # ü",
                "ü 日本 😀/docs/link File # ü",
                "ü 日本 😀/empty File ",
                $"ü 日本 😀/{new string('n', 120)}/{new string('m', 120)} File long",
                "ü 日本 😀/run.sh Executable #!/bin/sh",
            ],
            scene.Read(fetched[0]));
        Assert.Equal(["x.md File command"], scene.Read(fetched[1]));
        Assert.Equal(["commands/x.md File command"], scene.Read(fetched[2]));
        Assert.Equal("skills", fetched[3].Entry!.Name);
        Assert.Equal(6, scene.Read(fetched[3]).Count);
        Assert.Equal(fetched[0].Entry!.Id, scene.Store.Find(fetched[3].Entry!.Id, "skills/ü 日本 😀")!.Id);
        Assert.All(fetched.Skip(4), path => Assert.Equal((null, null), (path.Entry, path.Error)));
    }

    [Fact]
    public async Task A_tree_holds_what_a_scan_of_the_same_files_finds()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", Enumerable.Range(0, 120).Select(i => GitChange.Write($"a/f{i}", $"{i}")).Append(GitChange.Symlink("a/link", "f1")).Append(GitChange.Write("a/in/g", "g", executable: true)).ToArray());
        var entry = (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0].Entry!;

        new TreeWriter(scene.Store).Write(entry.Id, scene.Folder, TestContext.Current.CancellationToken);
        using var writer = scene.Store.BeginWrite();
        var scan = new SkillMeat.Objects.Scanning.TreeScanner(scene.Store, TimeProvider.System).Scan(writer, scene.Folder, TestContext.Current.CancellationToken);
        writer.Commit();

        // Everything except the permissions, which upstream does not have.
        Assert.Equal(Flatten(scene.Store, scan.Id, ""), Flatten(scene.Store, entry.Id, ""));
    }

    private static IEnumerable<(string Path, TreeEntryKind Kind, ObjectId Id)> Flatten(ObjectStore store, ObjectId tree, string folder) => store.ReadTree(tree)
        .SelectMany(entry => entry.Kind == TreeEntryKind.Folder ? Flatten(store, entry.Id, $"{folder}{entry.Name}/") : [($"{folder}{entry.Name}", entry.Kind, entry.Id)]);

    [Fact]
    public async Task All_that_is_tracked_is_fetched()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit(
            "1",
            GitChange.Write("skills/a/SKILL.md", "a"),
            GitChange.Write("skills/a/.gitignore", "x"),
            GitChange.Write("skills/a/src/node_modules/x/y.js", "x"),
            GitChange.Write("skills/a/src/__pycache__/y.pyc", "x"),
            GitChange.Write("skills/a/src/z.pyc", "x"),
            GitChange.Write("skills/only/.DS_Store", "x"),
            GitChange.Write(".github/skills/b/SKILL.md", "b"),
            GitChange.Write(".github/skills/b/.github/x", "x"));

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "skills/a", ".github/skills/b", "", "skills/a/.gitignore", "skills/only");

        Assert.Equal(["a/.gitignore File x", "a/SKILL.md File a", "a/src/__pycache__/y.pyc File x", "a/src/node_modules/x/y.js File x", "a/src/z.pyc File x"], scene.Read(fetched[0]));
        Assert.Equal(["b/.github/x File x", "b/SKILL.md File b"], scene.Read(fetched[1]));
        Assert.Equal(8, scene.Read(fetched[2]).Count);
        Assert.Equal([".gitignore File x"], scene.Read(fetched[3]));
        Assert.Equal(["only/.DS_Store File x"], scene.Read(fetched[4]));
    }

    [Fact]
    public async Task A_link_is_replaced_by_what_it_leads_to_or_left_out()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit(
            "1",
            GitChange.Write("skills/a/SKILL.md", "a"),
            GitChange.Symlink("elsewhere/evil", "/etc/passwd"),
            GitChange.Symlink("elsewhere/above", "../../../up"),
            GitChange.Symlink("skills/b/out", "../a/SKILL.md"),
            GitChange.Symlink("skills/c/d", "e"),
            GitChange.Symlink("skills/c/through", "d/../../a"),
            GitChange.Symlink("skills/self", "a"));

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "skills/a", "skills/b", "skills/c", "skills/self", "elsewhere", "", "skills/self/SKILL.md");

        Assert.Equal(["a/SKILL.md File a"], scene.Read(fetched[0]));
        Assert.Equal(["b/out File a"], scene.Read(fetched[1]));
        Assert.Equal(["skills/a/SKILL.md"], fetched[1].Links);
        Assert.Equal(["c/through/SKILL.md File a"], scene.Read(fetched[2]));
        Assert.StartsWith("'skills/c/d' of ", Assert.Single(fetched[2].Warnings), StringComparison.Ordinal);
        Assert.EndsWith(" is a link to 'e', which is not in the repository, and was left out.", fetched[2].Warnings[0], StringComparison.Ordinal);
        Assert.Equal(["self/SKILL.md File a"], scene.Read(fetched[3]));
        Assert.Equal((null, null), (fetched[4].Entry, fetched[4].Error));
        Assert.All(fetched[4].Warnings, warning => Assert.Contains("which is outside of the repository", warning, StringComparison.Ordinal));
        Assert.Equal(3, fetched[5].Warnings.Count);
        Assert.Equal(["SKILL.md File a"], scene.Read(fetched[6]));
    }

    [Fact]
    public async Task Paths_and_commits_that_are_none_are_refused()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "../a", "/a", "a/../a", "a\\b", "./a", "a/", "a//SKILL.md");

        Assert.All(fetched.Take(5), path => Assert.Equal(ErrorIds.InvalidArgument, path.Error!.ErrorId));
        Assert.Equal(["a/SKILL.md File a"], scene.Read(fetched[5]));
        Assert.Equal(["SKILL.md File a"], scene.Read(fetched[6]));
        foreach (var repository in new[] { scene.OnGitHub, scene.OnGitHost })
        {
            foreach (var other in new[] { "main", "--upload-pack=evil", commit[..39] })
            {
                var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(repository, other, ["a"])]));
                Assert.Equal(ErrorIds.InvalidArgument, answer.Error!.ErrorId);
                Assert.Empty(answer.Paths);
            }
        }
    }

    [Fact]
    public async Task An_error_of_one_repository_holds_up_no_other()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));
        var gone = RepositoryAddress.OnGitHub(new Uri(scene.Server.ServerUrl), "octo", "gone");

        var answers = await scene.FetchAsync([
            new ContentQuestion(gone, commit, ["a"]),
            new ContentQuestion(scene.OnGitHub, commit, ["a"]),
            new ContentQuestion(scene.OnGitHub, new string('0', 40), ["a"]),
        ]);

        Assert.Equal([ErrorIds.UpstreamNotFound, null, ErrorIds.UpstreamNotFound], answers.Select(answer => answer.Error?.ErrorId));
        Assert.Contains($"octo/gone at {commit}", answers[0].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(["a/SKILL.md File a"], scene.Read(answers[1].Paths[0]));
    }

    [Fact]
    public async Task Downloads_run_beside_each_other()
    {
        await using var scene = await ContentScene.StartAsync();
        using var both = new CountdownEvent(2);
        var tarball = Tarball.Make(Tarball.File("a/SKILL.md", "a"));
        using var handler = new AnsweringHandler(_ => new WatchedStream(tarball, read =>
        {
            // No request gets a byte before both have asked for one.
            if (read > 0) return;
            both.Signal();
            both.Wait(TestContext.Current.CancellationToken);
        }));

        var answers = await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, new string('a', 40), ["a"]), new ContentQuestion(scene.OnGitHub, new string('b', 40), ["a"])], handler);

        Assert.All(answers, answer => Assert.Equal(["a/SKILL.md File a"], scene.Read(answer.Paths[0])));
    }

    [Fact]
    public async Task A_private_repository_is_fetched_with_the_token()
    {
        await using var scene = await ContentScene.StartAsync();
        scene.Server.SetFacts(ContentScene.Repo, new SkillMeat.Tests.LoopbackGitHub.RepositoryFacts { Private = true });
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));

        Assert.Equal(["a/SKILL.md File a"], scene.Read((await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0]));
    }

    [Theory]
    [InlineData(TokenRefusal.Saml)]
    [InlineData(TokenRefusal.IpAllowList)]
    [InlineData(TokenRefusal.TokenLifetime)]
    public async Task A_public_repository_is_fetched_without_the_token_that_is_refused(TokenRefusal refusal)
    {
        await using var scene = await ContentScene.StartAsync();
        scene.Server.SetFacts(ContentScene.Repo, new SkillMeat.Tests.LoopbackGitHub.RepositoryFacts { TokenRefusal = refusal });
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));

        Assert.Equal(["a/SKILL.md File a"], scene.Read((await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0]));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.HadToken));
    }

    [Fact]
    public async Task The_token_stays_with_its_host_when_the_repository_is_elsewhere()
    {
        await using var scene = await ContentScene.StartAsync();
        await using var other = await LoopbackGitHubServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var copy = GitRepositoryBuilder.Create();
        var commit = copy.Commit("1", GitChange.Write("a/SKILL.md", "a"));
        other.AddRepository(ContentScene.Repo, copy);
        scene.Server.Faults = SkillMeat.Tests.LoopbackGitHub.Faults.Always(Fault.RedirectTo(new Uri(other.ServerUrl)));

        Assert.Equal(["a/SKILL.md File a"], scene.Read((await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0]));
        Assert.All(scene.Server.Log.Records, r => Assert.True(r.HadToken));
        Assert.All(other.Log.Records, r => Assert.False(r.HadToken));
    }

    [Fact]
    public async Task A_large_file_is_stored_while_it_comes()
    {
        const int Megabyte = 1024 * 1024;
        await using var scene = await ContentScene.StartAsync();
        var content = new byte[40 * Megabyte];
        new Random(1).NextBytes(content);
        var tarball = Tarball.Make(Tarball.Bytes($"{Tarball.Root}/a/large.bin", content));
        long most = 0;
        using var handler = new AnsweringHandler(_ => new WatchedStream(tarball, read => most = Math.Max(most, read - scene.StoredFiles.Sum(file => new FileInfo(file).Length))));

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, new string('a', 40), ["a"])], handler));

        // The bytes that were read and are not on the disk are in memory.
        Assert.InRange(most, 1, 8 * Megabyte);
        using var stored = scene.Store.OpenBlob(scene.Store.Find(answer.Paths[0].Entry!.Id, "large.bin")!.Id);
        Assert.Equal(content.Length, stored.Length);
        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public async Task A_private_repository_comes_with_what_git_keeps_where_there_is_no_token()
    {
        await using var scene = await ContentScene.StartAsync(token: false);
        using var secrets = new GitCredentialScene().Keep(new Uri(scene.Server.ServerUrl), password: scene.Server.Token);
        scene.Secrets = secrets;
        scene.Server.SetFacts(ContentScene.Repo, new SkillMeat.Tests.LoopbackGitHub.RepositoryFacts { Private = true });
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, new byte[2000]);
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"), GitChange.Write("b/model.bin", kept.PointerText));

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "a", "b");

        Assert.Equal(["a/SKILL.md File a"], scene.Read(fetched[0]));
        Assert.Equal(2000, fetched[1].Entry!.Size);
        Assert.DoesNotContain(scene.Reports, line => line.Contains(scene.Server.Token, StringComparison.Ordinal));
    }
}

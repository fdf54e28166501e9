using System.Globalization;
using SkillMeat.Cache;
using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Updates;
using SkillMeat.Cache.Versions;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Updates;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>The versions of repositories upstream, and the commits by which artifacts are behind.</summary>
public sealed class CommitsBehindTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Access.Token, true)]
    [InlineData(Access.Anonymous, true)]
    [InlineData(Access.NoFilter, true)]
    [InlineData(Access.OldGit, false)]
    public async Task A_check_counts_commits_and_reads_versions(Access access, bool knowsCommits)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var commits = Place(scene);
        using var cache = Open(scene);

        Assert.Empty(await CheckAsync(scene, cache));

        var difference = knowsCommits ? "commits" : "unknown";
        Assert.Equal(
            $"skill:plain  {difference} {Behind(scene, commits[0], knowsCommits)}; skill:second  {difference} {Behind(scene, commits[2], knowsCommits)}; skill:versioned 2.0.0 major {Behind(scene, commits[1], knowsCommits)}",
            Describe(scene, cache));
    }

    [Theory]
    [InlineData(Access.Token, 2, 2)]
    [InlineData(Access.Anonymous, 2, 2)]
    public async Task What_is_known_is_not_asked_again(Access access, int plain, int more)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        Place(scene);
        using (var fresh = Open(scene)) await RecordCheckAsync(scene, fresh);
        Assert.InRange(scene.Server.Log.Total, 1, plain);
        Assert.False(Directory.Exists(Path.Combine(scene.Home, "cache")));

        using (var created = Open(scene)) Find(scene, created);
        scene.Server.Log.Clear();
        using (var cache = Open(scene)) await RecordCheckAsync(scene, cache);
        // One for the texts of all artifacts, and one for the commits of all. With a token, both are queries.
        Assert.InRange(scene.Server.Log.Total, 1, plain + more);
        var first = scene.Server.Log.Total;
        if (access == Access.Token) Assert.Equal(first, scene.Server.Log.Count(RequestKind.GraphQl));
        using (var cache = Open(scene)) Assert.Equal(3, Find(scene, cache).Count(one => one.CommitsBehind > 0));

        scene.Server.Log.Clear();
        using (var cache = Open(scene)) await RecordCheckAsync(scene, cache);
        Assert.Equal(first - more, scene.Server.Log.Total);
        using (var cache = Open(scene)) Assert.Equal(3, Find(scene, cache).Count(one => one.CommitsBehind > 0));
    }

    [Fact]
    public async Task Nothing_more_is_asked_if_the_repository_moved_and_its_artifacts_did_not()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous);
        var commit = scene.Git.Commit("1", GitChange.Write("skills/same/SKILL.md", RefreshScene.Skill("same", "Same")));
        scene.Git.Commit("2", GitChange.Write("README.md", "New"));
        scene.Add("same", "skill", "skills/same", commit).Save();
        using var cache = Open(scene);
        Assert.Empty(await CheckAsync(scene, cache));
        var requests = scene.Server.Log.Total;
        scene.Server.Log.Clear();

        // The check alone.
        using (var session = scene.Connect(out var store)) await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation);

        Assert.Equal(scene.Server.Log.Total, requests);
        Assert.Empty(Find(scene, cache));
    }

    [Fact]
    public async Task A_commit_that_is_gone_leaves_the_number_unknown()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous);
        scene.Git.Commit("1", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "New")));
        scene.Add("s", "skill", "skills/s", new string('a', 40)).Save();
        using var cache = Open(scene);
        await CheckAsync(scene, cache);

        Assert.All(Find(scene, cache), one => Assert.Equal((null, VersionDifference.Unknown), (one.CommitsBehind, one.Difference)));
    }

    [Theory]
    [InlineData(Access.Token)]
    [InlineData(Access.Anonymous)]
    public async Task A_rewritten_history_is_counted(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var root = scene.Git.Commit("1", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "Root")));
        var old = scene.Git.Commit("2", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "Old")));
        scene.Git.Git("update-ref", "refs/heads/main", root);
        for (var number = 0; number < 3; number++) scene.Git.Commit($"n{number}", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", $"New {number}")));
        scene.Add("s", "skill", "skills/s", old).Save();
        using var cache = Open(scene);
        await CheckAsync(scene, cache);

        Assert.Equal((3, VersionDifference.Commits), Assert.Single(Find(scene, cache).Select(one => (one.CommitsBehind, one.Difference))));
    }

    [Fact]
    public async Task Many_repositories_take_one_query_each_for_texts_and_commits()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var others = new List<GitRepositoryBuilder>();
        for (var number = 0; number < 12; number++)
        {
            var git = GitRepositoryBuilder.Create();
            others.Add(git);
            scene.Server.AddRepository($"octo/other{number}", git);
            var old = git.Commit("1", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "Old")));
            for (var more = 0; more <= number; more++) git.Commit($"n{more}", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", $"New {more}")));
            scene.Add($"s{number:00}", "skill", "skills/s", old, version: number % 2 == 0 ? "latest" : "main", repo: $"octo/other{number}");
        }

        scene.Save();
        using var cache = Open(scene);
        await CheckAsync(scene, cache);

        Assert.Equal(Enumerable.Range(1, 12).Select(count => (int?)count), Find(scene, cache).Select(one => one.CommitsBehind));
        Assert.Equal(scene.Server.Log.Total, scene.Server.Log.Count(RequestKind.GraphQl));
        Assert.InRange(scene.Server.Log.Total, 3, 4);
        others.ForEach(git => git.Dispose());
    }

    [Theory]
    [InlineData("v2", 2)]
    [InlineData("annotated", 2)]
    [InlineData("main", 3)]
    public async Task What_GitHub_does_not_compare_is_counted_by_git(string follows, int count)
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "Old")));
        scene.Git.Commit("2", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "2")));
        scene.Git.Commit("3", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "3")));
        scene.Git.Tag("v2");
        scene.Git.AnnotatedTag("annotated", "annotated");
        if (follows == "main")
        {
            // Without a common commit, all of the branch is new.
            old = scene.Git.Git("-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit-tree", $"{old}^{{tree}}", "-m", "unrelated").Trim();
        }

        scene.Add("s", "skill", "skills/s", old, version: follows).Save();
        using var cache = Open(scene);
        await CheckAsync(scene, cache);

        Assert.Equal(count, Assert.Single(Find(scene, cache)).CommitsBehind);
    }

    [Fact]
    public async Task A_branch_that_moves_on_during_the_check_is_counted_as_it_was()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "Old")));
        scene.Git.Commit("2", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "New")));
        scene.Add("s", "skill", "skills/s", old).Save();
        using var cache = Open(scene);
        Find(scene, cache);
        using var session = scene.Connect(out var store);
        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation);
        scene.Git.Commit("3", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "Newer")));

        await new UpstreamStates(cache).RecordCheckAsync(result, session, Cancellation);

        Assert.Equal(1, Assert.Single(Find(scene, cache)).CommitsBehind);
    }

    [Fact]
    public async Task Updates_and_refreshes_are_remembered()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        Place(scene);
        foreach (var name in (string[])["plain", "second", "versioned"]) Directory.CreateDirectory(Path.Combine(scene.Folder, "skills", name));
        using var cache = Open(scene);
        using var session = scene.Connect(out var store);
        var states = new UpstreamStates(cache);

        // A refresh creates no database.
        var refresher = new CollectionRefresher(store, session);
        var planned = await refresher.PlanAsync(new RefreshRequest(), cancellationToken: Cancellation);
        await states.RecordRefreshAsync(planned, session, Cancellation);
        Assert.False(Directory.Exists(Path.Combine(scene.Home, "cache")));
        Assert.Empty(Find(scene, cache));
        await refresher.ApplyAsync(planned, Cancellation);
        await states.RecordRefreshAsync(planned, session, Cancellation);
        Assert.Equal(3, Find(scene, cache).Count(one => one.CommitsBehind > 0));

        var updater = new ArtifactUpdater(store, session);
        using var update = await updater.PlanAsync(new UpdateRequest { Filter = ArtifactFilter.Parse([], ["versioned"]), Strategy = UpdateStrategy.TakeUpstream }, cancellationToken: Cancellation);
        Assert.False((await updater.ApplyAsync(update, Cancellation)).HasErrors);
        await states.RecordUpdateAsync(update, session, Cancellation);
        Assert.DoesNotContain(Find(scene, cache), one => one.Name == "versioned");
        var state = cache.Database.Run(connection => UpstreamState.Find(connection, "default", new ArtifactId(ArtifactType.Parse("skill"), "versioned")), TestContext.Current.CancellationToken)!;
        Assert.Equal((Checks.ChangeType.UpToDate, scene.Read("skill:versioned").ResolvedSha), (state.Change, state.ResolvedSha));
    }

    // Artifacts that were fetched at different commits, of which one is on another branch that was merged.
    private static List<string> Place(RefreshScene scene)
    {
        List<string> commits = [Commit("plain", "1"), Commit("versioned", "1", "version: 1.0.0\n"), Commit("second", "1"), Commit("same", "1")];
        scene.Git.Branch("side");
        scene.Git.CommitTo("side", "side", [GitChange.Write("side.txt", "1")]);
        commits.Add(Commit("plain", "2"));
        scene.Git.CommitTo("main", "merge", [GitChange.Write("side.txt", "1")], "side");
        commits.Add(Commit("versioned", "2", "version: 2.0.0\n"));
        commits.Add(Commit("second", "2"));
        var names = (string[])["plain", "versioned", "second", "same"];
        for (var i = 0; i < names.Length; i++) scene.Add(names[i], "skill", $"skills/{names[i]}", commits[i]);
        scene.Save();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(scene.Folder, "skills", "versioned")).FullName, "SKILL.md"), RefreshScene.Skill("versioned", "1", "version: 1.0.0\n"));
        return commits;

        string Commit(string name, string text, string more = "") => scene.Git.Commit($"{name} {text}", GitChange.Write($"skills/{name}/SKILL.md", RefreshScene.Skill(name, text, more)));
    }

    private static string Behind(RefreshScene scene, string commit, bool isKnown) => isKnown ? scene.Git.Git("rev-list", "--count", $"{commit}..main").Trim() : "";

    private static string Describe(RefreshScene scene, HomeCache cache) =>
        string.Join("; ", Find(scene, cache).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.ArtifactId} {one.UpstreamVersion} {one.Difference.ToString().ToLowerInvariant()} {one.CommitsBehind}")));

    private static HomeCache Open(RefreshScene scene) => HomeCache.Open(CollectionStore.Open(scene.Home), new HomeCacheOptions { Environment = scene.Environment, Report = line => Assert.Fail(line) });

    private static async Task<IReadOnlyList<UpstreamProblem>> CheckAsync(RefreshScene scene, HomeCache cache)
    {
        using var session = scene.Connect(out _);
        return await new UpstreamCheck(cache, session).RunAsync([], progressed: null, Cancellation);
    }

    private static async Task RecordCheckAsync(RefreshScene scene, HomeCache cache)
    {
        using var session = scene.Connect(out var store);
        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation);
        await new UpstreamStates(cache).RecordCheckAsync(result, session, Cancellation);
    }

    private static List<StaleArtifact> Find(RefreshScene scene, HomeCache cache) => [.. new StaleArtifacts(cache, scene.Environment).Find(new StaleQuery(), Cancellation).Artifacts];
}

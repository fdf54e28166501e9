using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using SkillMeat.Upstream;
using SkillMeat.Upstream.ObjectIds;
using Xunit;
using RepositoryFacts = SkillMeat.Tests.LoopbackGitHub.RepositoryFacts;

namespace SkillMeat.Tests.Refresh;

/// <summary>Refreshes without a token ask a repository that did not move for its refs alone: the ids of its manifest files are known.</summary>
public sealed class KnownManifestTests
{
    private static readonly RepositoryFacts Facts = new() { Description = "A repository.", LicenseSpdx = "MIT" };

    [Theory]
    [InlineData(Access.Anonymous, false)]
    [InlineData(Access.Anonymous, true)]
    [InlineData(Access.NoFilter, false)]
    [InlineData(Access.NoFilter, true)]
    public async Task A_second_refresh_costs_one_request_whatever_the_manifest_file_is_called(Access access, bool isBehind)
    {
        await using var scene = await RefreshScene.StartAsync(access, Facts);
        var (old, head) = CommitTwice(scene);
        AddAll(scene, isBehind ? old : head);
        var first = await scene.RefreshAsync();
        scene.Server.Log.Clear();

        var second = await scene.RefreshAsync();

        Assert.All(first.Entries.Concat(second.Entries), e => Assert.Null(e.Error));
        Assert.Equal([RequestKind.Refs], scene.Server.Log.Records.Select(r => r.Kind));
        Assert.Equal("PDFs", scene.Read("skill:pdf").Description);
        Assert.Equal(first.Entries.Select(e => e.Reason), second.Entries.Select(e => e.Reason));
    }

    [Fact]
    public async Task A_second_refresh_of_pinned_artifacts_costs_one_request()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var (old, _) = CommitTwice(scene);
        scene.Git.Tag("v1", old);
        scene.Add("pdf", "skill", "skills/pdf", old, "v1").Add("db", "mcp", "mcp/db", old, "v1");
        await scene.RefreshAsync();
        scene.Server.Log.Clear();

        await scene.RefreshAsync();

        Assert.Equal(1, scene.Server.Log.Total);
    }

    [Fact]
    public async Task Naming_the_fields_of_known_artifacts_costs_one_request()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var (_, head) = CommitTwice(scene);
        AddAll(scene, head);
        await scene.RefreshAsync();
        scene.Server.Log.Clear();
        using var session = scene.Connect(out var store);

        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest { NameChangedFields = true }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(result.Checks, c => Assert.Equal((ChangeType.UpToDate, true), (c.ChangeType, c.ChangedFields is { Count: 0 })));
        Assert.Equal(1, scene.Server.Log.Total);
    }

    [Theory]
    [InlineData(Access.Anonymous)]
    [InlineData(Access.Token)]
    public async Task A_manifest_file_of_a_new_commit_is_read_again(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access, Facts);
        var (_, head) = CommitTwice(scene);
        AddAll(scene, head);
        await scene.RefreshAsync();
        scene.Git.Commit("3", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "Better")), GitChange.Write("hooks/lint/settings.json", "{}"));
        scene.Git.Commit("4", GitChange.Write("mcp/db/.mcp.json", "{}"));

        var third = await scene.RefreshAsync();

        Assert.All(third.Entries, e => Assert.Null(e.Error));
        Assert.Equal("Better", scene.Read("skill:pdf").Description);
        // Back to a commit that is known.
        scene.Git.Commit("5", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        await scene.RefreshAsync();
        Assert.Equal("PDFs", scene.Read("skill:pdf").Description);
    }

    [Fact]
    public async Task A_missing_manifest_file_is_reported_each_time_until_it_is_there()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/notes.md", "No manifest."));
        scene.Add("pdf", "skill", "skills/pdf", head);
        await scene.RefreshAsync();
        scene.Server.Log.Clear();

        var second = await scene.RefreshAsync();

        Assert.Equal(1, scene.Server.Log.Total);
        Assert.Contains("has no SKILL.md", Assert.Single(second.Entries).Reason, StringComparison.Ordinal);
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        await scene.RefreshAsync();
        Assert.Equal("PDFs", scene.Read("skill:pdf").Description);
    }

    [Fact]
    public async Task A_manifest_file_whose_text_is_not_cached_is_read_by_its_commit()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var (_, head) = CommitTwice(scene);
        AddAll(scene, head);
        await scene.RefreshAsync();
        File.Delete(Path.Combine(scene.Home, "cache", "front-matter.cache"));

        var second = await scene.RefreshAsync();

        Assert.All(second.Entries, e => Assert.Equal(RefreshStatus.Unchanged, e.Status));
    }

    [Fact]
    public async Task An_artifact_is_not_deleted_upstream_because_a_damaged_cache_says_so()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var (old, head) = CommitTwice(scene);
        AddAll(scene, old);
        await scene.RefreshAsync();
        var repository = Repository(scene);
        Rewrite(scene, ids =>
        {
            foreach (var commit in new[] { old, head }) ids.AddAbsence(repository, commit, "skills/pdf");
        });
        Assert.True(Ids(scene).TryFind(repository, head, "skills/pdf", out var absent) && absent is null);
        using var session = scene.Connect(out var store);

        var result = await new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest { DryRun = true, RemoveDeleted = true }, TestContext.Current.CancellationToken);

        Assert.NotEqual(ChangeType.Deleted, Assert.Single(result.Entries, entry => entry.ArtifactId == "skill:pdf").ChangeType);
    }

    [Fact]
    public async Task A_wrong_id_in_the_cache_does_not_give_a_text_the_id_of_another()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var (_, head) = CommitTwice(scene);
        AddAll(scene, head);
        await scene.RefreshAsync();
        var wrong = new string('9', 40);
        var repository = Repository(scene);
        Rewrite(scene, ids =>
        {
            ids.Add(repository, head, "skills/pdf", new KnownObject(new string('8', 40), IsFolder: true));
            ids.Add(repository, head, "skills/pdf/SKILL.md", new KnownObject(wrong, IsFolder: false));
        });

        await scene.RefreshAsync();

        Assert.Equal("PDFs", scene.Read("skill:pdf").Description);
        Assert.DoesNotContain(wrong, await File.ReadAllTextAsync(Path.Combine(scene.Home, "cache", "front-matter.cache"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(
            scene.Git.Git("rev-parse", $"{head}:skills/pdf/SKILL.md").Trim(),
            await File.ReadAllTextAsync(Path.Combine(scene.Home, "cache", "front-matter.cache"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Access.Anonymous)]
    [InlineData(Access.NoFilter)]
    [InlineData(Access.Token)]
    public async Task A_check_after_a_refresh_finds_the_new_artifacts_that_it_found_before(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access, Facts);
        var (old, _) = CommitTwice(scene);
        scene.Add("pdf", "skill", "skills/pdf", old);
        var before = await scene.CheckAsync();
        await scene.RefreshAsync();

        var after = await scene.CheckAsync();

        Assert.Equal(ChangeType.New, before["mcp:db"].ChangeType);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
    }

    [Fact]
    public async Task Known_artifacts_are_checked_even_if_new_ones_cannot_be_searched()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts, new LoopbackGitHubOptions { AnonymousLimit = 1 });
        var (old, _) = CommitTwice(scene);
        scene.Add("pdf", "skill", "skills/pdf", old);
        await scene.RefreshAsync();
        scene.Server.GitMood = GitMood.Refuse401;
        using var session = scene.Connect(out var store);

        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(ChangeType.Updated, Assert.Single(result.Checks).ChangeType);
        Assert.NotEmpty(result.Problems);
    }

    private static (string Old, string Head) CommitTwice(RefreshScene scene) => (
        scene.Git.Commit(
            "1",
            GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "Papers")),
            GitChange.Write("commands/go.md", "Go."),
            GitChange.Write("mcp/db/mcp.json", "{}"),
            GitChange.Write("hooks/lint/lint.sh", "true")),
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs"))));

    private static RepositoryAddress Repository(RefreshScene scene)
    {
        using var session = scene.Connect(out var store);
        var collection = store.Read();
        return TrackedArtifact.From(collection.Artifacts[0], session.ContextFor(collection.Folder)).Source!.Repository;
    }

    /// <summary>Replaces the cache of ids by one with other content.</summary>
    private static void Rewrite(RefreshScene scene, Action<IObjectIdCache> add)
    {
        File.Delete(IdsOf(scene));
        var ids = Ids(scene);
        add(ids);
        ids.Save();
    }

    private static string IdsOf(RefreshScene scene) => Path.Combine(scene.Home, "cache", "upstream-ids.cache");

    private static ObjectIdFileCache Ids(RefreshScene scene) => new(IdsOf(scene), Random.Shared, Assert.Fail);

    private static void AddAll(RefreshScene scene, string commit) => scene
        .Add("pdf", "skill", "skills/pdf", commit)
        .Add("go", "command", "commands/go.md", commit)
        .Add("db", "mcp", "mcp/db", commit)
        .Add("lint", "hook", "hooks/lint", commit);
}

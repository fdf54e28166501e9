using System.Text;
using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using SkillMeat.Upstream.Caching;
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
        var (old, _) = CommitTwice(scene);
        AddAll(scene, old);
        await scene.RefreshAsync();
        Rewrite(scene, (key, answers) => key.EndsWith("#skills/pdf", StringComparison.Ordinal) ? System.Text.RegularExpressions.Regex.Replace(answers, "t[0-9a-f]{40}", $"-{new string('0', 40)}") : answers);
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
        var blob = scene.Git.Git("rev-parse", $"{head}:skills/pdf/SKILL.md").Trim();
        Rewrite(scene, (_, answers) => answers.Replace(blob, wrong, StringComparison.Ordinal));

        await scene.RefreshAsync();

        Assert.Equal("PDFs", scene.Read("skill:pdf").Description);
        var frontMatter = await File.ReadAllTextAsync(Path.Combine(scene.Home, "cache", "front-matter.cache"), TestContext.Current.CancellationToken);
        Assert.Contains(blob, frontMatter, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, frontMatter, StringComparison.Ordinal);
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

    /// <summary>Changes the cached ids, as somebody can who may write to the cache.</summary>
    private static void Rewrite(RefreshScene scene, Func<string, string, string> change)
    {
        var file = new RecordCacheFile(Path.Combine(scene.Home, "cache", "upstream-ids.cache"), version: 1, Random.Shared, Assert.Fail);
        var records = file.Read();
        var isChanged = false;
        Assert.True(file.Write(writer =>
        {
            for (var record = 0; record < records.Count; record++)
            {
                var before = Encoding.ASCII.GetString(records.ValueOf(record));
                var after = change(Encoding.UTF8.GetString(records.KeyOf(record)), before);
                isChanged |= after != before;
                writer.Write(records.KeyOf(record), Encoding.ASCII.GetBytes(after));
            }
        }));
        Assert.True(isChanged);
    }

    private static void AddAll(RefreshScene scene, string commit) => scene
        .Add("pdf", "skill", "skills/pdf", commit)
        .Add("go", "command", "commands/go.md", commit)
        .Add("db", "mcp", "mcp/db", commit)
        .Add("lint", "hook", "hooks/lint", commit);
}

using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>A field that the front matter no longer has, and the time at which tags were imported.</summary>
public sealed class WithdrawnFieldTests
{
    [Fact]
    public async Task Deprecated_goes_when_the_line_that_set_it_goes()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words", "deprecated: true\n")));
        var head = scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words", "deprecated: yes\n")));
        scene.Add("a", "skill", "skills/a", head);
        await scene.RefreshAsync();
        Assert.True(scene.Read("skill:a").Deprecated);
        scene.Git.Commit("3", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words")));

        var planned = (await scene.RefreshAsync(new RefreshRequest { DryRun = true })).Entries.Single();
        var entry = (await scene.RefreshAsync()).Entries.Single();

        Assert.Equal("deprecated: yes → (none)", planned.DescribeChanges());
        Assert.Equal((RefreshStatus.Refreshed, "deprecated: yes → (none)"), (entry.Status, entry.DescribeChanges()));
        Assert.Null(scene.Read("skill:a").Deprecated);
        Assert.DoesNotContain("deprecated", await File.ReadAllTextAsync(scene.ManifestPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(RefreshStatus.Unchanged, (await scene.RefreshAsync()).Entries.Single().Status);
    }

    [Fact]
    public async Task Deprecated_of_the_users_own_stays()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words")));
        scene.Add("a", "skill", "skills/a", head, metadata: "\n[artifacts.metadata.extra]\ndeprecated = true\n")
            .Add("b", "skill", "skills/a", head, metadata: "\n[artifacts.metadata.extra]\ndeprecated = false\n\n[artifacts.metadata.extra.frontmatter]\ndeprecated = true\n");

        await scene.RefreshAsync();

        Assert.True(scene.Read("skill:a").Deprecated);
        Assert.False(scene.Read("skill:b").Deprecated);
    }

    [Fact]
    public async Task Deprecated_stays_while_the_repository_is_archived_and_goes_when_it_is_revived()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, new RepositoryFacts { Archived = true });
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words", "deprecated: true\n")));
        await scene.Add("a", "skill", "skills/a", head).RefreshAsync();
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words")));

        Assert.Equal(RefreshStatus.Unchanged, (await scene.RefreshAsync()).Entries.Single().Status);
        Assert.True(scene.Read("skill:a").Deprecated);
        scene.Server.SetFacts(RefreshScene.Repo, new RepositoryFacts());
        await scene.RefreshAsync();

        Assert.Null(scene.Read("skill:a").Deprecated);
        Assert.Equal(RefreshStatus.Unchanged, (await scene.RefreshAsync()).Entries.Single().Status);
    }

    [Fact]
    public async Task An_entry_has_the_time_at_which_tags_were_imported()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var clock = new ManualTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        scene.Time = clock;
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words", "tags: [one]\n")), GitChange.Write("skills/b/SKILL.md", RefreshScene.Skill("b", "words")));
        scene.Add("a", "skill", "skills/a", head).Add("b", "skill", "skills/b", head);

        var first = (await scene.RefreshAsync()).Entries;
        clock.Advance(TimeSpan.FromDays(1));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "other words", "tags: [one]\n")));
        var second = (await scene.RefreshAsync()).Entries;

        Assert.Equal([new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), null], first.Select(entry => entry.TagsImportedAt));
        Assert.Equal(first.Select(entry => entry.TagsImportedAt), second.Select(entry => entry.TagsImportedAt));
        Assert.Equal((RefreshStatus.Refreshed, first[0].TagsImportedAt), (second[0].Status, scene.Read("skill:a").TagsImportedAt));
    }
}

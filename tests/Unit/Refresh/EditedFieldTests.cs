using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>A field that the user edited, and a refresh or an update after it.</summary>
public sealed class EditedFieldTests
{
    [Fact]
    public async Task A_refresh_keeps_what_the_user_edited_and_says_so()
    {
        await using var scene = await StartAsync("tags: [one, two]\nlicense: MIT\nauthor: Ada\ncategory: docs\n");
        await scene.RefreshAsync();
        await EditAsync(scene, new DetailsEdit("a")
        {
            Values = new Dictionary<string, string?> { ["description"] = "Mine", ["license"] = "GPL-3.0", ["author"] = "Me", ["category"] = "own" },
            AddedTags = ["own"],
            RemovedTags = ["two"],
        });
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "other words", "tags: [one, two, three]\nlicense: BSD\nauthor: Bob\ncategory: other\n")));

        Assert.Equal(["tags"], (await scene.RefreshAsync(new RefreshRequest { DryRun = true })).Entries.Single().Changes);
        var entry = (await scene.RefreshAsync()).Entries.Single();

        var read = scene.Read("skill:a");
        Assert.Equal(("Mine", "GPL-3.0", "Me", "own"), (read.Description, read.License, read.Author, read.Category));
        Assert.Equal(["one", "own", "three"], read.Tags);
        Assert.Equal("Kept as you set it, though upstream's differs: description, category, license, author.", entry.Reason);
        Assert.Equal(RefreshStatus.Unchanged, (await scene.RefreshAsync()).Entries.Single().Status);
    }

    [Fact]
    public async Task What_the_user_removes_is_upstreams_again_and_a_tag_that_is_added_again_as_well()
    {
        await using var scene = await StartAsync("tags: [one]\n");
        await scene.RefreshAsync();
        await EditAsync(scene, new DetailsEdit("a") { Values = new Dictionary<string, string?> { ["description"] = "Mine" }, RemovedTags = ["one"] });
        Assert.Equal(RefreshStatus.Unchanged, (await scene.RefreshAsync()).Entries.Single().Status);
        await EditAsync(scene, new DetailsEdit("a") { Values = new Dictionary<string, string?> { ["description"] = null }, AddedTags = ["one"] });
        await scene.RefreshAsync();
        Assert.Equal(("words", "one"), (scene.Read("skill:a").Description, scene.Read("skill:a").Tags.ToString()));
        var manifest = await File.ReadAllTextAsync(scene.ManifestPath, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("fields_of_user", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("tags_removed", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_the_repository_becomes_the_users()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, new RepositoryFacts { Description = "Of the repository" });
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "---\nname: a\n---\n"));
        await scene.Add("a", "skill", "skills/a", head).RefreshAsync();
        Assert.Equal("Of the repository", scene.Read("skill:a").Description);
        await EditAsync(scene, new DetailsEdit("a") { Values = new Dictionary<string, string?> { ["description"] = "Mine" } });
        scene.Server.SetFacts(RefreshScene.Repo, new RepositoryFacts { Description = "Another" });
        await scene.RefreshAsync();
        Assert.Equal("Mine", scene.Read("skill:a").Description);
    }

    [Fact]
    public async Task A_check_names_no_field_that_a_refresh_would_keep()
    {
        await using var scene = await StartAsync("");
        await scene.RefreshAsync();
        await EditAsync(scene, new DetailsEdit("a") { Values = new Dictionary<string, string?> { ["description"] = "Mine" } });
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "other words")));
        Assert.Empty((await scene.RefreshAsync(new RefreshRequest { DryRun = true })).Entries.Single().Changes);
    }

    private static async Task<RefreshScene> StartAsync(string more)
    {
        var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words", more)));
        return scene.Add("a", "skill", "skills/a", head);
    }

    private static Task<EditResult> EditAsync(RefreshScene scene, DetailsEdit edit) =>
        new ManifestEditor(CollectionStore.Open(scene.Home)).EditAsync(new EditRequest { Details = [edit] }, TestContext.Current.CancellationToken);
}

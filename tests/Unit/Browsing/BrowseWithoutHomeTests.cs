using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>A repository can be listed without a collection, and even without a home.</summary>
public sealed class BrowseWithoutHomeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_home_everything_is_new_and_nothing_is_written(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Symlink(".claude/skills", "../skills"));
        var home = Path.Combine(scene.Place, "nowhere");
        var store = CollectionStore.OpenOrEmpty(home);
        using var session = scene.Connect(store);

        var found = Assert.Single(await new ArtifactBrowser(store, session).BrowseAsync(new BrowseRequest { Sources = [Repo], BaseFolder = scene.Place }, TestContext.Current.CancellationToken));

        Assert.Equal(("skill:pdf", "skills/pdf", UpstreamArtifactState.New, null), (found.ArtifactId, found.Path, found.State, found.Collection));
        Assert.False(Path.Exists(home));
    }

    [Fact]
    public async Task A_home_without_the_collection_has_none_of_the_artifacts()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));
        await scene.AddAsync($"{Repo}/skills/pdf");
        var store = scene.Open();
        using var session = scene.Connect(store);
        var browser = new ArtifactBrowser(store, session);
        var request = new BrowseRequest { Sources = [Repo], BaseFolder = scene.Place, Collection = "work" };

        Assert.Equal(UpstreamArtifactState.New, Assert.Single(await browser.BrowseAsync(request, TestContext.Current.CancellationToken)).State);
        // To add something, it must exist.
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => browser.SelectAsync(request, [], TestContext.Current.CancellationToken));
        Assert.Equal(ErrorIds.CollectionNotFound, error.ErrorId);
    }
}

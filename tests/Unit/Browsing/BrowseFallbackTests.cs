using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>A repository is listed by another way where the first one is limited.</summary>
public sealed class BrowseFallbackTests
{
    [Theory]
    [InlineData(nameof(GitMood.Refuse401))]
    [InlineData(nameof(GitMood.ErrLine))]
    [InlineData(nameof(GitMood.TooManyRequestsInWords))]
    public async Task A_repository_is_listed_where_git_refuses_objects_without_a_token(string mood)
    {
        await using var scene = await StartAsync(hasToken: false);
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));
        scene.Server.GitMood = Enum.Parse<GitMood>(mood);

        Assert.Equal(["skill:pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Fact]
    public async Task A_repository_with_more_files_than_the_API_lists_is_listed_by_git()
    {
        await using var scene = await StartAsync(hasToken: true, new LoopbackGitHubOptions { MaxTreeEntries = 3 });
        scene.Git.Commit("1", [.. Enumerable.Range(0, 5).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", Skill($"s{i}")))]);

        scene.Server.SetFacts(Repo, new RepositoryFacts { Private = true });

        Assert.Equal(5, (await Browsed.ListAsync(scene, Repo)).Count);
        Assert.Equal(1, scene.Server.Log.Count(RequestKind.Rest));
        Assert.Single(await Browsed.ListAsync(scene, $"{Repo}/skills/s4"));
    }
}

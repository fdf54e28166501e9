using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>Of the files that describe artifacts, only the front matter is kept: the texts of thousands of them would fill the memory.</summary>
public sealed class KeptTextTests
{
    private const string Head = "---\nname: a\ndescription: A\n---";

    [Theory]
    [InlineData(Access.Token)]
    [InlineData(Access.Anonymous)]
    [InlineData(Access.NoFilter)]
    public async Task Of_a_repository(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var commit = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A")));
        scene.Save();
        using var session = scene.Connect(out _);
        var source = SourceSpec.Parse($"{RefreshScene.Repo}/skills/a", session.ContextFor(scene.Home));

        Assert.Equal(Head, await ReadAsync(session, source.Repository, commit));
    }

    [Fact]
    public async Task Of_a_folder()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous);
        var folder = Path.Combine(scene.Home, "upstream");
        Directory.CreateDirectory(Path.Combine(folder, "skills", "a"));
        await File.WriteAllTextAsync(Path.Combine(folder, "skills", "a", "SKILL.md"), RefreshScene.Skill("a", "A"), TestContext.Current.CancellationToken);
        scene.Save();
        using var session = scene.Connect(out _);

        Assert.Equal(Head, await ReadAsync(session, RepositoryAddress.InFolder(folder), commit: null));
    }

    private static async Task<string?> ReadAsync(UpstreamSession session, RepositoryAddress repository, string? commit)
    {
        var path = new PathQuestion("skills/a", ArtifactType.Skill, RefSpec.Latest, commit, BaseContentHash: null, ManifestDetail.Text);
        var answers = await session.Provider.AskAllAsync([new RepositoryQuestion(repository, [path], [], WithFacts: false)], TestContext.Current.CancellationToken);
        return Assert.Single(Assert.Single(answers).Paths).Manifest?.Text;
    }
}

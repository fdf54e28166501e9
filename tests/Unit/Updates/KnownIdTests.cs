using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

namespace SkillMeat.Tests.Updates;

/// <summary>The ids of added and updated artifacts are known, so that no check requests them again.</summary>
public sealed class KnownIdTests
{
    [Fact]
    public async Task A_check_after_an_addition_and_after_an_update_looks_up_only_what_is_followed()
    {
        await using var scene = await UpdateScene.StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", UpdateScene.Skill("pdf")), GitChange.Write("skills/doc/SKILL.md", UpdateScene.Skill("doc")));
        await scene.AddAsync("octo/skills/skills/pdf", "octo/skills/skills/doc");
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", UpdateScene.Skill("pdf", "more")));

        Assert.Equal(["skill:pdf"], await CheckAsync(scene));

        await scene.UpdateAsync();
        scene.Git.Commit("3", GitChange.Write("skills/doc/SKILL.md", UpdateScene.Skill("doc", "more")));
        Assert.Equal(["skill:doc"], await CheckAsync(scene));
    }

    private static async Task<IEnumerable<string>> CheckAsync(UpdateScene scene)
    {
        scene.Server.Log.Clear();
        var store = scene.Open();
        using var session = scene.Connect(store);
        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: UpdateScene.Cancellation);
        Assert.Equal(1, scene.Server.Log.Records.Sum(r => r.Lookups ?? 0));
        return result.Checks.Where(c => c.ChangeType == ChangeType.Updated).Select(c => c.ArtifactId);
    }
}

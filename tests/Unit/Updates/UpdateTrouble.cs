using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;
using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Two artifacts for which upstream has news, so that an update of them can fail and then succeed.</summary>
internal static class UpdateTrouble
{
    public static TimeSpan Patience => TimeSpan.FromSeconds(30);

    public static async Task<UpdateScene> StartWithNewsAsync()
    {
        var scene = await StartAsync();
        scene.Git.Commit("1",
            GitChange.Write("skills/a/SKILL.md", Skill("a")),
            GitChange.Write("skills/a/gone.md", "gone"),
            GitChange.Write("skills/a/stays.md", "stays"),
            GitChange.Write("skills/b/SKILL.md", Skill("b")),
            GitChange.Write("skills/b/stays.md", "stays"));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")), GitChange.Delete("skills/a/gone.md"), GitChange.Write("skills/b/SKILL.md", Skill("b", "2")));
        return scene;
    }

    public static async Task AssertUpdatesAsync(UpdateScene scene)
    {
        var result = await scene.UpdateAsync();
        Assert.Equal([UpdateStatus.Updated, UpdateStatus.Updated], result.Entries.Select(entry => entry.Status));
        Assert.Equal((Skill("a", "2"), Skill("b", "2"), false), (scene.Read("skills/a/SKILL.md"), scene.Read("skills/b/SKILL.md"), File.Exists(scene.At("skills/a/gone.md"))));
        Assert.True((await scene.Snapshots.VerifyAsync(null, result.Entries[0].SnapshotId!, Cancellation)).IsSound);
        scene.AssertConsistent();
        scene.AssertNothingLeft();
    }
}

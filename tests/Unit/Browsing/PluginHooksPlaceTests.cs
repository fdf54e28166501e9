using SkillMeat.Additions;
using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>The hooks of a plugin come with the folder of hooks, or with the plugin if their commands use more of it.</summary>
public sealed class PluginHooksPlaceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hooks_that_use_more_than_their_folder_are_followed_with_the_plugin(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1", Hooks("plugins/alone", "hooks/run.sh"), GitChange.Write("plugins/alone/hooks/run.sh", "run"), Hooks("plugins/whole", "scripts/run.sh"), GitChange.Write("plugins/whole/scripts/run.sh", "run"),
            GitChange.Write("plugins/whole/skills/pdf/SKILL.md", Skill("pdf")), Hooks(".claude", "scripts/run.sh"));

        Assert.Equal(
            ["hook:alone at plugins/alone/hooks: New", "hook:skills at .claude/hooks: New", "hook:whole at plugins/whole: New", "skill:pdf at plugins/whole/skills/pdf: New"],
            (await Browsed.DescribeAsync(scene, Repo)).Order(StringComparer.Ordinal));
        var found = (await Browsed.ListAsync(scene, Repo)).Where(one => one.Name is "alone" or "whole");
        Assert.All(await scene.AddAsync([.. found.Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync($"{Repo}/plugins/whole/hooks/hooks.json")).Status);
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync($"{Repo}/plugins/alone/hooks/hooks.json")).Status);
        Assert.Equal("run", scene.Read("hooks/whole/scripts/run.sh"));
        Assert.All(await CheckAsync(scene), check => Assert.Equal(ChangeType.UpToDate, check.ChangeType));

        scene.Git.Commit("2", GitChange.Write("plugins/whole/scripts/run.sh", "run more"));
        Assert.Equal(["hook:whole"], (await CheckAsync(scene)).Where(check => check.ChangeType == ChangeType.Updated).Select(check => check.ArtifactId));
        Assert.Equal(["hook:whole Updated"], (await scene.UpdateAsync()).Entries.Where(entry => entry.Status != UpdateStatus.Unchanged).Select(entry => $"{entry.ArtifactId} {entry.Status}"));
        Assert.Equal("run more", scene.Read("hooks/whole/scripts/run.sh"));

        scene.Git.Commit(
            "3", GitChange.Delete("plugins/whole/hooks/hooks.json"), GitChange.Delete("plugins/whole/scripts/run.sh"), GitChange.Delete("plugins/whole/skills/pdf/SKILL.md"), Hooks("all/whole", "scripts/run.sh"),
            GitChange.Write("all/whole/scripts/run.sh", "run more"), GitChange.Write("all/whole/skills/pdf/SKILL.md", Skill("pdf")));
        Assert.Equal(["hook:whole Moved"], (await scene.UpdateAsync()).Entries.Where(entry => entry.Status != UpdateStatus.Unchanged).Select(entry => $"{entry.ArtifactId} {entry.ChangeType}"));
        Assert.Contains("/all/whole\"", scene.Read("collection.toml"), StringComparison.Ordinal);
    }

    private static GitChange Hooks(string plugin, string file) => GitChange.Write(
        $"{plugin}/hooks/hooks.json", $$$"""{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/{{{file}}}" }] }] } }""");

    private static async Task<IReadOnlyList<ArtifactCheck>> CheckAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return (await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation)).Checks;
    }
}

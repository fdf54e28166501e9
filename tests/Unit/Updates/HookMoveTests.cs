using SkillMeat.Checks;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Hooks and servers that moved upstream are followed like skills, whatever the name of the file that configures them.</summary>
public sealed class HookMoveTests
{
    private static readonly string _events = string.Join(",\n", Enumerable.Range(1, 12).Select(i => $"    \"Event{i}\": [{{ \"hooks\": [{{ \"type\": \"command\", \"command\": \"check-{i}\" }}] }}]"));

    [Theory]
    [InlineData("config/my-hooks.json", "settings/my-hooks.json", true)]
    [InlineData("config/my-hooks.json", "settings/my-hooks.json", false)]
    [InlineData("config/my-hooks.json", "settings/other.json", true)]
    [InlineData("hooks/hooks.json", "more/hooks/hooks.json", true)]
    [InlineData("a/.claude-plugin/plugin.json", "b/.claude-plugin/plugin.json", true)]
    [InlineData("a/.claude-plugin/plugin.json", "b/.claude-plugin/plugin.json", false)]
    public async Task Hooks_that_moved_are_followed(string from, string to, bool isChanged)
    {
        await using var scene = await StartAsync();
        var body = $"{{\n  \"name\": \"p\",\n  \"hooks\": {{\n{_events}\n  }}\n}}\n";
        scene.Git.Commit("1", GitChange.Write($"plugins/one/{from}", body), GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Write("plugins/one/readme.txt", "1"));
        var folder = from.EndsWith("plugin.json", StringComparison.Ordinal) ? "plugins/one/a" : Path.GetDirectoryName($"plugins/one/{from}")!;
        Assert.Null(Assert.Single(await scene.AddAsync(new SkillMeat.Additions.ArtifactAddition($"{Repo}/{folder}") { Type = "hook" })).Reason);
        var now = isChanged && to != "settings/other.json" ? body.Replace("check-3", "check-three", StringComparison.Ordinal) : body;
        scene.Git.Commit("2", GitChange.Delete($"plugins/one/{from}"), GitChange.Write($"plugins/one/{to}", now), GitChange.Write("plugins/one/readme.txt", "2"));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((ChangeType.Moved, UpdateStatus.Updated, null), (entry.ChangeType, entry.Status, entry.ErrorId));
        var target = to.EndsWith("plugin.json", StringComparison.Ordinal) ? "plugins/one/b" : Path.GetDirectoryName($"plugins/one/{to}")!;
        Assert.Contains($"/{target}\"", scene.Read("collection.toml"), StringComparison.Ordinal);
        Assert.Contains(now, Directory.EnumerateFiles(scene.At("hooks"), "*.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(File.ReadAllText));
    }

    [Fact]
    public async Task Hooks_of_another_plugin_that_were_there_are_no_new_place()
    {
        await using var scene = await StartAsync();
        var body = $"{{ \"hooks\": {{\n{_events}\n}} }}\n";
        scene.Git.Commit("1", GitChange.Write("one/config/my.json", body), GitChange.Write("two/config/my.json", body + "\n"));
        await scene.AddAsync(new SkillMeat.Additions.ArtifactAddition($"{Repo}/one/config") { Type = "hook", Name = "one" });
        scene.Git.Commit("2", GitChange.Delete("one/config/my.json"));

        Assert.Equal(ChangeType.Deleted, (await scene.UpdateOneAsync()).ChangeType);
        Assert.DoesNotContain("two", scene.Read("collection.toml"), StringComparison.Ordinal);
    }
}

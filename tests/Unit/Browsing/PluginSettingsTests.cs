using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>The hooks and servers that a plugin names, or has in its own file, are artifacts.</summary>
public sealed class PluginSettingsTests
{
    private const string Hooks = """{ "hooks": { "Stop": [] } }""";
    private const string Servers = """{ "mcpServers": { "db": { "command": "db" } } }""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_of_any_name_are_listed_and_added_and_updated(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1",
            Plugin("one", """ "hooks": "./config/my-hooks.json" """),
            GitChange.Write("plugins/one/config/my-hooks.json", Hooks),
            GitChange.Write("plugins/one/config/other.json", "[]"),
            Plugin("two", """ "hooks": ["./a/first.json", "./b/second.json"], "mcpServers": "./servers/db.json" """),
            GitChange.Write("plugins/two/a/first.json", Hooks),
            GitChange.Write("plugins/two/b/second.json", Hooks),
            GitChange.Write("plugins/two/servers/db.json", Servers),
            Plugin("three", """ "hooks": { "Stop": [] }, "mcpServers": { "db": { "command": "db" } } """),
            GitChange.Write("plugins/three/run.sh", "run"),
            Plugin("four", """ "hooks": "./none.json", "mcpServers": "./package.json" """),
            GitChange.Write("plugins/four/package.json", "{}"),
            Plugin("five", """ "skills": "./mine", "commands": ["./c/go.md"], "agents": "./people" """),
            GitChange.Write("plugins/five/mine/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write("plugins/five/c/go.md", "Go.\n"),
            GitChange.Write("plugins/five/people/reviewer.md", "---\nname: reviewer\ndescription: d\n---\n"));

        var found = await Browsed.ListAsync(scene, Repo);

        Assert.Equal(
            [
                "agent:reviewer at plugins/five/people/reviewer.md", "command:go at plugins/five/c/go.md", "hook:a at plugins/two/a", "hook:b at plugins/two/b", "hook:config at plugins/one/config",
                "hook:three at plugins/three/.claude-plugin", "mcp:servers at plugins/two/servers", "mcp:three at plugins/three/.claude-plugin", "skill:pdf at plugins/five/mine/pdf",
            ],
            found.Select(one => $"{one.ArtifactId} at {one.Path}").Order(StringComparer.Ordinal));
        Assert.All(await scene.AddAsync([.. found.Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        Assert.All(await Browsed.ListAsync(scene, Repo), one => Assert.Equal(UpstreamArtifactState.Present, one.State));

        scene.Git.Commit("2", GitChange.Write("plugins/one/config/my-hooks.json", Hooks.Replace("Stop", "Start", StringComparison.Ordinal)), Plugin("three", """ "hooks": { "Start": [] }, "mcpServers": { "db": { "command": "db" } } """));
        var updated = (await scene.UpdateAsync()).Entries.Where(entry => entry.Status != UpdateStatus.Unchanged).Select(entry => $"{entry.ArtifactId} {entry.Status}").Order(StringComparer.Ordinal);
        Assert.Equal(["hook:config Updated", "hook:three Updated", "mcp:three Updated"], updated);
        Assert.Contains("Start", scene.Read("hooks/config/my-hooks.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config/my-hooks.json", "config")]
    [InlineData("config", "config")]
    [InlineData("servers/db.json", "servers")]
    [InlineData("servers", "servers")]
    [InlineData("plain/hooks/hooks.json", "plain/hooks")]
    public async Task A_file_or_folder_of_any_name_is_added_without_a_type(string path, string folder)
    {
        await using var scene = await StartAsync(hasToken: true);
        var hooks = """{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "x" }] }] } }""";
        scene.Git.Commit(
            "1", GitChange.Write("config/my-hooks.json", hooks), GitChange.Write("config/about.json", "[]"), GitChange.Write("servers/db.json", Servers), GitChange.Write("plain/hooks/hooks.json", hooks),
            GitChange.Write("inline/.claude-plugin/plugin.json", hooks), GitChange.Write("package/package.json", """{ "hooks": { "pre-commit": "x" } }"""), GitChange.Write("package/both.json", "{}"));

        var entry = Assert.Single(await scene.AddAsync($"{Repo}/{path}"));

        Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason));
        Assert.Equal(path.StartsWith("servers", StringComparison.Ordinal) ? "mcp:servers" : $"hook:{folder.Split('/')[0]}", entry.ArtifactId);
        Assert.Contains($"/{folder}\"", scene.Read("collection.toml"), StringComparison.Ordinal);
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync($"{Repo}/{path}")).Status);
        Assert.Equal((AddStatus.Error, "InvalidArgument"), (await scene.AddAsync($"{Repo}/package")).Select(one => (one.Status, one.ErrorId)).Single());
        Assert.Equal((AddStatus.Error, "InvalidArgument"), (await scene.AddAsync($"{Repo}/package/package.json")).Select(one => (one.Status, one.ErrorId)).Single());
    }

    [Fact]
    public async Task Settings_in_the_file_of_a_plugin_come_alone_unless_they_use_other_files()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit(
            "1",
            Plugin("alone", """ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }] } """),
            GitChange.Write("plugins/alone/big.bin", "big"),
            Plugin("whole", """ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/run.sh" }] }] } """),
            GitChange.Write("plugins/whole/run.sh", "run"));

        var found = await Browsed.ListAsync(scene, Repo);

        Assert.Equal(["hook:alone at plugins/alone/.claude-plugin", "hook:whole at plugins/whole"], found.Select(one => $"{one.ArtifactId} at {one.Path}").Order(StringComparer.Ordinal));
        Assert.All(await scene.AddAsync([.. found.Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        Assert.Equal("run", scene.Read("hooks/whole/run.sh"));
        Assert.False(File.Exists(scene.At("hooks/alone/big.bin")));
        Assert.Equal("hook:alone", Assert.Single(await scene.AddAsync($"{Repo}/plugins/alone/.claude-plugin")).ArtifactId);
    }

    [Fact]
    public async Task Settings_in_the_file_of_a_marketplace_are_listed_and_added()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit(
            "1",
            GitChange.Write("market/.claude-plugin/marketplace.json", """
                { "plugins": [
                  { "name": "a", "source": "./plugins/a", "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }] } },
                  { "name": "b", "source": "./plugins/b", "mcpServers": { "db": { "command": "${CLAUDE_PLUGIN_ROOT}/db" } } },
                  { "name": "c", "source": { "source": "github", "repo": "x/y" }, "hooks": { "Stop": [] } } ] }
                """),
            GitChange.Write("market/plugins/b/db", "db"));

        var found = await Browsed.ListAsync(scene, Repo);

        Assert.Equal(["hook:market at market/.claude-plugin", "mcp:market at market"], found.Select(one => $"{one.ArtifactId} at {one.Path}").Order(StringComparer.Ordinal));
        Assert.All(await scene.AddAsync([.. found.Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        Assert.All(await Browsed.ListAsync(scene, Repo), one => Assert.Equal(UpstreamArtifactState.Present, one.State));
        Assert.Equal("db", scene.Read("mcp/market/plugins/b/db"));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_hides_only_the_plugin_that_has_it()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit("1", Plugin("one", """ "skills": "./\ud800", "agents": ["\ud800"], "hooks": "./h.json" """), GitChange.Write("plugins/one/h.json", """{ "\ud800": 1 }"""), GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));

        Assert.Equal(["skill:pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Fact]
    public async Task A_hook_whose_file_became_unreadable_is_an_error_of_its_own()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit("1", Plugin("one", """ "hooks": "./config/my.json" """), GitChange.Write("plugins/one/config/my.json", Hooks), GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));
        await scene.AddAsync([.. (await Browsed.ListAsync(scene, Repo)).Select(one => one.ToAddition())]);
        scene.Git.Commit("2", GitChange.Write("plugins/one/config/my.json", """{ "\ud800": 1 }"""), GitChange.Write("skills/pdf/SKILL.md", Skill("pdf") + "More.\n"));

        var entries = (await scene.UpdateAsync()).Entries;

        Assert.Equal(UpdateStatus.Updated, Assert.Single(entries, entry => entry.ArtifactId == "skill:pdf").Status);
        Assert.Equal(UpdateStatus.Error, Assert.Single(entries, entry => entry.ArtifactId == "hook:config").Status);
    }

    private static GitChange Plugin(string name, string more) => GitChange.Write($"plugins/{name}/.claude-plugin/plugin.json", $"{{ \"name\": \"{name}\", {more} }}");
}

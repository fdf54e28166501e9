using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Hooks and servers in the settings of Claude Code.</summary>
public sealed class ActivationTests
{
    private const string Settings = "\uFEFF{\r\n\t// mine\r\n\t\"model\": \"opus\",\r\n\t\"hooks\": {\r\n\t\t\"PreToolUse\": [\r\n\t\t\t{ \"matcher\": \"Bash\", \"hooks\": [{ \"type\": \"command\", \"command\": \"mine.sh\" }] },\r\n\t\t],\r\n\t},\r\n}\r\n";
    private const string Servers = "{ \"mcpServers\": { \"mine\": { \"command\": \"mine\" } }, \"unknown\": [1,2] }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DeployMode.Copy)]
    [InlineData(DeployMode.Link)]
    public async Task Nothing_is_activated_without_being_asked_for_and_what_is_goes_to_the_last_byte(DeployMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && mode == DeployMode.Link, "links to files need a privilege there");
        using var scene = await StartAsync();
        var request = scene.Request() with { Mode = mode };
        await scene.DeployAsync(request);
        Assert.Equal((Settings, Servers), Texts(scene));

        var plan = await scene.Deployer.DeployAsync(request with { Activate = true, DryRun = true }, Cancellation);
        Assert.Equal((Settings, Servers), Texts(scene));
        var done = await scene.Deployer.DeployAsync(request with { Activate = true }, Cancellation);

        foreach (var outcomes in new[] { plan, done })
        {
            Assert.Equal(["${CLAUDE_PROJECT_DIR}/.claude/hooks/guard/check.sh --strict", "say done"], outcomes[3].Commands);
            Assert.Equal(["npx -y files-server ${CLAUDE_PROJECT_DIR:-.}/.claude/mcp/files/data"], outcomes[4].Commands);
            Assert.Equal([DeployStatus.Unchanged, DeployStatus.Unchanged, DeployStatus.Unchanged, DeployStatus.Updated, DeployStatus.Updated], outcomes.Select(one => one.Status));
            Assert.Empty(outcomes[0].Commands);
        }

        using var settings = Parse(Texts(scene).Settings);
        var hooks = settings.RootElement.GetProperty("hooks");
        Assert.Equal(["mine.sh", "${CLAUDE_PROJECT_DIR}/.claude/hooks/guard/check.sh --strict"], hooks.GetProperty("PreToolUse").EnumerateArray().Select(CommandOf));
        Assert.Equal(["say done"], hooks.GetProperty("Stop").EnumerateArray().Select(CommandOf));
        using var servers = Parse(Texts(scene).Servers);
        Assert.Equal(["mine", "files"], servers.RootElement.GetProperty("mcpServers").EnumerateObject().Select(server => server.Name));
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
        Assert.All(await scene.Deployer.DeployAsync(request with { Activate = true }, Cancellation), one => Assert.Equal(DeployStatus.Unchanged, one.Status));

        Assert.All(await scene.Deployer.UndeployAsync(scene.Request(), Cancellation), one => Assert.Equal((DeployStatus.Removed, null), (one.Status, one.Reason)));

        Assert.Equal((Settings, Servers), Texts(scene));
        Assert.Empty(Directory.GetFiles(Path.Combine(scene.Store.Home, "activations")));
    }

    [Theory]
    [InlineData("my-hooks.json", """{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/run"}]}]}}""", "")]
    [InlineData(".claude-plugin/plugin.json", """{"name": "p", "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/run"}]}]}}""", "")]
    [InlineData(".claude-plugin/marketplace.json", """{"plugins": [{"source": "./plugins/b", "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/run"}]}]}}]}""", "/plugins/b")]
    public async Task Hooks_in_a_file_of_any_name_take_effect(string file, string text, string below)
    {
        using var scene = await ProjectScene.StartAsync();
        File.Delete(scene.InCollection("hooks/guard/settings.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(scene.InCollection($"hooks/guard/{file}"))!);
        await File.WriteAllTextAsync(scene.InCollection($"hooks/guard/{file}"), text, Cancellation);
        Directory.CreateDirectory(scene.InCollection($"hooks/guard{below}"));
        await File.WriteAllTextAsync(scene.InCollection($"hooks/guard{below}/run"), "run", Cancellation);

        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal((DeployStatus.Deployed, null), (done.Status, done.Reason));
        Assert.Equal([$"${{CLAUDE_PROJECT_DIR}}/.claude/hooks/guard{below}/run"], done.Commands);
        Assert.Equal(DeployStatus.Removed, Assert.Single(await scene.Deployer.UndeployAsync(scene.Request("guard"), Cancellation)).Status);
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));
    }

    [Fact]
    public async Task Files_that_were_made_for_it_go_with_it()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        Assert.True(File.Exists(scene.InProject(".mcp.json")));

        await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        Assert.False(File.Exists(scene.InProject(".mcp.json")));
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));
    }

    [Fact]
    public async Task The_users_own_settings_are_those_of_the_user_or_of_CLAUDE_CONFIG_DIR()
    {
        using var scene = await ProjectScene.StartAsync();
        var request = new DeployRequest { All = true, IncludeUser = true, Activate = true };
        var done = await scene.Deployer.DeployAsync(request, Cancellation);
        Assert.Equal([$"{Slashed(scene.User)}/.claude/hooks/guard/check.sh --strict", "say done"], done[3].Commands);
        Assert.Contains("files-server", await File.ReadAllTextAsync(Path.Combine(scene.User, ".claude.json"), Cancellation), StringComparison.Ordinal);
        Assert.Contains("say done", await File.ReadAllTextAsync(Path.Combine(scene.User, ".claude", "settings.json"), Cancellation), StringComparison.Ordinal);
        Assert.All(await scene.Deployer.UndeployAsync(request, Cancellation), one => Assert.Equal((DeployStatus.Removed, null), (one.Status, one.Reason)));
        Assert.False(File.Exists(Path.Combine(scene.User, ".claude.json")));

        var other = Path.Combine(scene.Place, "config");
        scene.Variables["CLAUDE_CONFIG_DIR"] = other;
        await scene.Deployer.DeployAsync(request, Cancellation);

        Assert.True(File.Exists(Path.Combine(other, "skills", "notes", "SKILL.md")));
        Assert.True(File.Exists(Path.Combine(other, "settings.json")));
        Assert.True(File.Exists(Path.Combine(other, ".claude.json")));
        Assert.False(File.Exists(Path.Combine(scene.User, ".claude", "settings.json")));
    }

    [Fact]
    public async Task A_hand_made_entry_of_the_same_name_is_a_conflict()
    {
        using var scene = await ProjectScene.StartAsync();
        const string Mine = "{\n  \"mcpServers\": { \"files\": { \"command\": \"mine\" } }\n}\n";
        await File.WriteAllTextAsync(scene.InProject(".mcp.json"), Mine, Cancellation);
        foreach (var force in new[] { false, true })
        {
            var outcome = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("files") with { Activate = true, Force = force }, Cancellation));

            Assert.Equal(DeployStatus.Conflict, outcome.Status);
            Assert.Contains("another 'files'", outcome.Reason, StringComparison.Ordinal);
            Assert.Equal(Mine, await File.ReadAllTextAsync(scene.InProject(".mcp.json"), Cancellation));
            Assert.False(Directory.Exists(scene.InProject(".claude/mcp/files")));
        }
    }

    [Fact]
    public async Task An_equal_entry_that_was_made_by_hand_stays()
    {
        using var scene = await ProjectScene.StartAsync();
        const string Mine = "{ \"mcpServers\": { \"files\": { \"args\": [\"-y\", \"files-server\", \"${CLAUDE_PROJECT_DIR:-.}/.claude/mcp/files/data\"], \"command\": \"npx\" } } }";
        await File.WriteAllTextAsync(scene.InProject(".mcp.json"), Mine, Cancellation);

        Assert.Equal(["mcp:files claude_code Deployed"], await scene.DeployAsync(scene.Request("files") with { Activate = true }));
        await scene.Deployer.UndeployAsync(scene.Request("files"), Cancellation);

        Assert.Equal(Mine, await File.ReadAllTextAsync(scene.InProject(".mcp.json"), Cancellation));
    }

    [Fact]
    public async Task Edited_parts_are_drift_and_stay()
    {
        using var scene = await StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        await EditAsync(scene, ".mcp.json", "files-server", "edited-server");
        await EditAsync(scene, ".claude/settings.json", "say done", "say nothing");

        foreach (var id in new[] { "mcp:files", "hook:guard" }) Assert.Equal(DriftState.Modified, scene.Drift()[$"{id} claude_code"]);
        var report = new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project] }, Cancellation);
        Assert.Equal([".claude/settings.json", ".mcp.json"], report.Artifacts.SelectMany(one => one.ChangedFiles));
        Assert.All(report.Artifacts, one => Assert.Equal("activate_again", one.Recommendation));

        var removed = await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        Assert.Equal(DeployStatus.Conflict, removed[4].Status);
        Assert.Equal(DeployStatus.Removed, removed[3].Status);
        Assert.Contains("settings.json", removed[3].Reason, StringComparison.Ordinal);
        Assert.Contains("say nothing", Texts(scene).Settings, StringComparison.Ordinal);
        Assert.DoesNotContain("check.sh", Texts(scene).Settings, StringComparison.Ordinal);
        Assert.Equal([DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request() with { Force = true }, Cancellation)).Select(one => one.Status));
        Assert.Contains("edited-server", Texts(scene).Servers, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.InProject(".claude/mcp/files")));
    }

    [Fact]
    public async Task A_new_version_replaces_the_parts_of_the_old_one_when_it_is_activated()
    {
        using var scene = await StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        var file = scene.InCollection("hooks/guard/settings.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancellation)).Replace("say done", "shout", StringComparison.Ordinal), Cancellation);

        var outcome = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard"), Cancellation));
        Assert.Equal(DeployStatus.Updated, outcome.Status);
        Assert.Contains("earlier version", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("say done", Texts(scene).Settings, StringComparison.Ordinal);
        outcome = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal(DeployStatus.Updated, outcome.Status);
        Assert.DoesNotContain("say done", Texts(scene).Settings, StringComparison.Ordinal);
        Assert.Contains("shout", Texts(scene).Settings, StringComparison.Ordinal);
        await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);
        Assert.Equal((Settings, Servers), Texts(scene));
    }

    [Fact]
    public async Task An_active_hook_is_not_forked_and_a_pulled_one_says_that_its_settings_are_old()
    {
        using var scene = await StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        var syncer = new ProjectSyncer(scene.Store, scene.Environment);
        var request = new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("guard")], SkipSnapshot = true };
        await EditAsync(scene, ".claude/hooks/guard/check.sh", "exit 0", "exit 1");
        var before = scene.Tree();

        var fork = Assert.Single((await syncer.SyncAsync(request with { Strategy = SyncStrategy.Fork }, Cancellation)).Entries);

        Assert.Equal((SyncStatus.Error, ErrorIds.InvalidArgument), (fork.Status, fork.ErrorId));
        Assert.Contains("undeploy it", fork.Reason, StringComparison.Ordinal);
        Assert.Equal(before, scene.Tree());
        Assert.False(Directory.Exists(scene.InCollection("hooks/guard-fork")));

        // The fragments are those of the edited file only after another activation.
        await File.AppendAllTextAsync(scene.InCollection("hooks/guard/settings.json"), "\n", Cancellation);
        var merged = Assert.Single((await syncer.SyncAsync(request, Cancellation)).Entries);
        await File.AppendAllTextAsync(scene.InCollection("hooks/guard/settings.json"), "\n", Cancellation);
        var pulled = Assert.Single((await syncer.SyncAsync(request, Cancellation)).Entries);

        foreach (var (status, entry) in new[] { (SyncStatus.Merged, merged), (SyncStatus.Pulled, pulled) })
        {
            Assert.Equal(status, entry.Status);
            Assert.Contains("skm deploy --activate", entry.Reason, StringComparison.Ordinal);
        }

        Assert.Null(Assert.Single((await syncer.SyncAsync(request, Cancellation)).Entries).Reason);
    }

    [Theory]
    [InlineData("{ \"hooks\": ")]
    [InlineData("[]")]
    public async Task Invalid_settings_are_an_error_of_that_artifact_and_stay(string text)
    {
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(scene.InProject(".claude"));
        await File.WriteAllTextAsync(scene.InProject(".claude/settings.json"), text, Cancellation);

        Assert.Equal(["hook:guard claude_code Error", "mcp:files claude_code Deployed"], await scene.DeployAsync(scene.Request("guard", "files") with { Activate = true }));

        Assert.Equal(text, await File.ReadAllTextAsync(scene.InProject(".claude/settings.json"), Cancellation));
        Assert.False(Directory.Exists(scene.InProject(".claude/hooks/guard")));
        await scene.DeployAsync(scene.Request("guard"));
        Assert.Equal(DeployStatus.Removed, (await scene.Deployer.UndeployAsync(scene.Request("guard"), Cancellation))[0].Status);
    }

    [Theory]
    [InlineData("""{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "type": "command", "command": "x" }] }] } }""")]
    [InlineData("""{ "hooks": { "Stop": [] }, "hooks": { "Stop": [] } }""")]
    [InlineData("""{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "x \ud800" }] }] } }""")]
    [InlineData("""{ "hooks": { "\ud800": [{ "hooks": [{ "type": "command", "command": "x" }] }] } }""")]
    public async Task An_artifact_with_impossible_JSON_is_an_error_of_that_artifact(string text)
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(scene.InCollection("hooks/guard/settings.json"), text, Cancellation);

        Assert.Equal(["hook:guard claude_code Error", "mcp:files claude_code Deployed"], await scene.DeployAsync(scene.Request("guard", "files") with { Activate = true }));

        Assert.False(Directory.Exists(scene.InProject(".claude/hooks/guard")));
        Assert.True(File.Exists(scene.InProject(".mcp.json")));
    }

    [Fact]
    public async Task Settings_that_are_a_link_stay_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartAsync();
        Directory.CreateDirectory(scene.InProject("dot"));
        File.Move(scene.InProject(".claude/settings.json"), scene.InProject("dot/claude.json"));
        File.CreateSymbolicLink(scene.InProject(".claude/settings.json"), "../dot/claude.json");

        await scene.DeployAsync(scene.Request() with { Activate = true });
        Assert.Equal("../dot/claude.json", new FileInfo(scene.InProject(".claude/settings.json")).LinkTarget);
        Assert.Contains("say done", Texts(scene).Settings, StringComparison.Ordinal);
        await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        Assert.Equal((Settings, Servers), Texts(scene));
        Assert.NotNull(new FileInfo(scene.InProject(".claude/settings.json")).LinkTarget);
    }

    private static async Task<ProjectScene> StartAsync()
    {
        var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(scene.InProject(".claude"));
        await File.WriteAllTextAsync(scene.InProject(".claude/settings.json"), Settings, new System.Text.UTF8Encoding(false));
        await File.WriteAllTextAsync(scene.InProject(".mcp.json"), Servers);
        return scene;
    }

    private static (string Settings, string Servers) Texts(ProjectScene scene) =>
        (new System.Text.UTF8Encoding(false).GetString(File.ReadAllBytes(scene.InProject(".claude/settings.json"))), File.ReadAllText(scene.InProject(".mcp.json")));

    private static async Task EditAsync(ProjectScene scene, string path, string from, string to)
    {
        var text = await File.ReadAllTextAsync(scene.InProject(path), Cancellation);
        await File.WriteAllTextAsync(scene.InProject(path), text.Replace(from, to, StringComparison.Ordinal), Cancellation);
    }

    private static JsonDocument Parse(string text) => JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

    private static string? CommandOf(JsonElement group) => group.GetProperty("hooks")[0].GetProperty("command").GetString();

    private static string Slashed(string path) => path.Replace(Path.DirectorySeparatorChar, '/');
}

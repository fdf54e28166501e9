using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>The commands of a plugin's hooks and servers name files that are in the copy, whatever form the plugin has.</summary>
public sealed class PluginHooksTests
{
    private const string Root = "${CLAUDE_PLUGIN_ROOT}";
    private const string Copy = "${CLAUDE_PROJECT_DIR}/.claude/hooks/guard";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"bash {Root}/hooks/check.sh --all", $"bash {Copy}/check.sh --all")]
    [InlineData($"\"{Root}\"/hooks/check.sh", $"\"{Copy}\"/check.sh")]
    [InlineData($"\"{Root}/hooks/my dir/run.sh\" -x", $"\"{Copy}/my dir/run.sh\" -x")]
    [InlineData($"bash -c 'exec {Root}/hooks/check.sh now'", $"bash -c 'exec {Copy}/check.sh now'")]
    [InlineData("$CLAUDE_PLUGIN_ROOT/./hooks//check.sh", $"{Copy}//check.sh")]
    [InlineData($"cd {Root}/hooks && ./check.sh", $"cd {Copy} && ./check.sh")]
    [InlineData($"{Root}\\hooks\\check.sh", $"{Copy}\\check.sh")]
    [InlineData("echo $CLAUDE_PLUGIN_ROOTS done", "echo $CLAUDE_PLUGIN_ROOTS done")]
    public async Task Hooks_that_use_only_their_folder_come_with_it_alone(string command, string activated)
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(scene, ("hooks/hooks.json", HooksOf(command)), ("hooks/check.sh", "exit 0\n"), ("hooks/my dir/run.sh", "exit 0\n"), ("big.bin", "big"));
        Assert.False(File.Exists(scene.InCollection("hooks/guard/big.bin")));

        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal((DeployStatus.Deployed, null), (done.Status, done.Reason));
        Assert.Equal([activated], done.Commands);
        await AssertGoesAsync(scene);
    }

    [Theory]
    [InlineData($"{Root}/scripts/run.sh", $"{Copy}/scripts/run.sh")]
    [InlineData($"{Root}/hooks/../scripts/run.sh", $"{Copy}/hooks/../scripts/run.sh")]
    [InlineData($"{Root}/hooks/check.sh {Root}/scripts/run.sh", $"{Copy}/hooks/check.sh {Copy}/scripts/run.sh")]
    [InlineData($"cd {Root} && scripts/run.sh", $"cd {Copy} && scripts/run.sh")]
    [InlineData($"{Root}/scripts/$NAME.sh", $"{Copy}/scripts/$NAME.sh")]
    [InlineData($"{Root}/hooks-handlers/start.sh", $"{Copy}/hooks-handlers/start.sh")]
    public async Task Hooks_that_use_more_come_with_the_whole_plugin(string command, string activated)
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(
            scene, ("hooks/hooks.json", HooksOf(command)), ("hooks/check.sh", "exit 0\n"), ("scripts/run.sh", "exit 0\n"), ("hooks-handlers/start.sh", "exit 0\n"), ("settings.json", """{ "agent": "x" }"""),
            (".claude-plugin/plugin.json", """{ "name": "guard" }"""));
        Assert.True(File.Exists(scene.InCollection("hooks/guard/hooks/hooks.json")));

        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal((DeployStatus.Deployed, null), (done.Status, done.Reason));
        Assert.Equal([activated], done.Commands);
        await AssertGoesAsync(scene);
    }

    [Theory]
    [InlineData("./config/mine.json", "config/mine.json")]
    [InlineData("./hooks/mine.json", "hooks/mine.json")]
    public async Task A_file_that_the_plugin_names_is_found_in_it(string named, string file)
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(scene, (file, HooksOf($"{Root}/scripts/run.sh")), ("scripts/run.sh", "exit 0\n"), (".claude-plugin/plugin.json", $$"""{ "name": "guard", "hooks": "{{named}}" }"""));

        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal((DeployStatus.Deployed, null), (done.Status, done.Reason));
        Assert.Equal([$"{Copy}/scripts/run.sh"], done.Commands);
        await AssertGoesAsync(scene);
    }

    [Fact]
    public async Task A_server_in_a_file_that_the_plugin_names_comes_with_the_plugin()
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(
            scene, ("config/db.json", $$"""{ "mcpServers": { "db": { "command": "node", "args": ["{{Root}}/dist/my server.js"] } } }"""), ("dist/my server.js", "1\n"), ("hooks/hooks.json", HooksOf("say done")),
            (".claude-plugin/plugin.json", """{ "name": "guard", "mcpServers": "./config/db.json" }"""));

        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("mcp:guard") with { Activate = true }, Cancellation));

        Assert.Equal((DeployStatus.Deployed, null), (done.Status, done.Reason));
        Assert.Equal(["node ${CLAUDE_PROJECT_DIR:-.}/.claude/mcp/guard/dist/my server.js"], done.Commands);
    }

    [Fact]
    public async Task Hooks_in_two_files_of_a_plugin_both_take_effect()
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(
            scene, ("hooks/hooks.json", HooksOf($"{Root}/run.sh one")), ("run.sh", "exit 0\n"),
            (".claude-plugin/plugin.json", $$"""{ "name": "guard", "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "{{Root}}/run.sh two" }] }] } }"""));

        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal([$"{Copy}/run.sh two", $"{Copy}/run.sh one"], done.Commands);
        await AssertGoesAsync(scene);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_without_the_rest_of_its_plugin_is_not_activated(bool isSomeThere)
    {
        using var scene = await ProjectScene.StartAsync();
        await WriteAsync(scene, ("hooks/hooks.json", HooksOf($"{(isSomeThere ? $"{Root}/hooks/check.sh && " : "")}{Root}/scripts/run.sh")), ("hooks/check.sh", "exit 0\n"), ("hooks/run.sh", "exit 0\n"), ("scripts/run.sh", "exit 0\n"));
        var added = (await scene.RunAsync("add", "hook", Path.Combine(Upstream(scene), "plugins", "guard", "hooks"))).Succeeds();
        Assert.Contains("other files of their plugin", added.Output + added.Error, StringComparison.Ordinal);

        var outcome = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal(DeployStatus.Error, outcome.Status);
        Assert.Contains("'scripts/run.sh'", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("add the folder of the plugin", outcome.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));
        Assert.Equal(["hook:guard claude_code Deployed"], await scene.DeployAsync(scene.Request("guard")));
    }

    [Theory]
    [InlineData("scripts/run.sh", "hooks/check.sh")]
    [InlineData("hooks/check.sh", "scripts/run.sh")]
    public async Task What_the_collection_has_of_a_plugin_is_not_added_a_second_time(string before, string after)
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(scene, ("hooks/hooks.json", HooksOf($"{Root}/{before}")), ("hooks/check.sh", "exit 0\n"), ("scripts/run.sh", "exit 0\n"));
        await File.WriteAllTextAsync(Path.Combine(Upstream(scene), "plugins", "guard", "hooks", "hooks.json"), HooksOf($"{Root}/{after}"), Cancellation);

        var again = (await scene.RunAsync("add", Upstream(scene), "--all")).Succeeds();
        var check = await scene.RunAsync("collection", "refresh", "--check-only", "--format", "json");
        var updated = (await scene.RunAsync("update", "guard", "--yes")).Succeeds();

        Assert.DoesNotContain("market-guard", again.Output + check.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.InCollection("hooks/market-guard")));
        Assert.Contains(after, await File.ReadAllTextAsync(scene.InCollection(before[0] == 's' ? "hooks/guard/hooks/hooks.json" : "hooks/guard/hooks.json"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(before[0] == 'h', (updated.Output + updated.Error).Contains("other files of their plugin", StringComparison.Ordinal));
        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));
        Assert.Equal(before[0] == 'h' ? DeployStatus.Error : DeployStatus.Deployed, done.Status);
    }

    [Fact]
    public async Task A_file_of_a_plugin_that_is_missing_there_is_a_warning()
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(scene, ("hooks/hooks.json", HooksOf($"{Root}/dist/run.js")), (".claude-plugin/plugin.json", """{ "name": "guard" }"""));

        var done = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal(DeployStatus.Deployed, done.Status);
        Assert.Contains("'dist/run.js'", done.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_with_the_hooks_can_be_named_itself()
    {
        using var scene = await ProjectScene.StartAsync();
        await WriteAsync(scene, ("hooks/hooks.json", HooksOf($"{Root}/scripts/run.sh")), ("scripts/run.sh", "exit 0\n"));

        (await scene.RunAsync("add", Path.Combine(Upstream(scene), "plugins", "guard", "hooks", "hooks.json"))).Succeeds();

        Assert.True(File.Exists(scene.InCollection("hooks/guard/scripts/run.sh")));
    }

    // An earlier version replaced the variable with the path of the copy, although that was the folder of hooks.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_earlier_version_activated_is_replaced_and_taken_out(bool isReplaced)
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(scene, ("hooks/hooks.json", HooksOf($"{Root}/hooks/check.sh")), ("hooks/check.sh", "exit 0\n"));
        const string Mine = "{\n  // mine\n  \"model\": \"opus\"\n}\n";
        Directory.CreateDirectory(scene.InProject(".claude"));
        await File.WriteAllTextAsync(scene.InProject(".claude/settings.json"), Mine, Cancellation);
        await scene.DeployAsync(scene.Request("guard") with { Activate = true });
        foreach (var file in Directory.GetFiles(Path.Combine(scene.Store.Home, "activations")).Append(scene.InProject(".claude/settings.json")))
        {
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancellation)).Replace($"{Copy}/check.sh", $"{Copy}/hooks/check.sh", StringComparison.Ordinal), Cancellation);
        }

        Assert.Equal(DriftState.InSync, scene.Drift()["hook:guard claude_code"]);
        if (isReplaced)
        {
            Assert.Equal([DeployStatus.Updated], (await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation)).Select(one => one.Status));
            var settings = await File.ReadAllTextAsync(scene.InProject(".claude/settings.json"), Cancellation);
            Assert.DoesNotContain("hooks/check.sh", settings, StringComparison.Ordinal);
            Assert.Contains($"{Copy}/check.sh", settings, StringComparison.Ordinal);
        }

        Assert.Equal([(DeployStatus.Removed, (string?)null)], (await scene.Deployer.UndeployAsync(scene.Request("guard"), Cancellation)).Select(one => (one.Status, one.Reason)));
        Assert.Equal(Mine, await File.ReadAllTextAsync(scene.InProject(".claude/settings.json"), Cancellation));
    }

    [Theory]
    [InlineData($"{Copy}/hooks/check.sh")]
    [InlineData($"{Copy}/check.sh")]
    public async Task What_another_home_activated_is_named_at_the_removal(string activated)
    {
        using var scene = await ProjectScene.StartAsync();
        await AddAllAsync(scene, ("hooks/hooks.json", HooksOf($"{Root}/hooks/check.sh")), ("hooks/check.sh", "exit 0\n"));
        await scene.DeployAsync(scene.Request("guard"));
        await File.WriteAllTextAsync(scene.InProject(".claude/settings.json"), HooksOf(activated), Cancellation);

        var done = Assert.Single(await scene.Deployer.UndeployAsync(scene.Request("guard"), Cancellation));

        Assert.Equal(DeployStatus.Removed, done.Status);
        Assert.Contains("settings.json' still has its parts", done.Reason, StringComparison.Ordinal);
    }

    private static string HooksOf(string command) => $$"""{ "description": "d", "hooks": { "PreToolUse": [{ "hooks": [{ "type": "command", "command": {{System.Text.Json.JsonSerializer.Serialize(command)}} }] }] } }""";

    private static string Upstream(ProjectScene scene) => Path.Combine(scene.Place, "market");

    private static async Task WriteAsync(ProjectScene scene, params (string Path, string Text)[] files)
    {
        (await scene.RunAsync("remove", "hook:guard", "mcp:files", "--yes")).Succeeds();
        foreach (var (path, text) in files)
        {
            var full = Path.Combine(Upstream(scene), "plugins", "guard", path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await File.WriteAllTextAsync(full, text, Cancellation);
        }
    }

    private static async Task AddAllAsync(ProjectScene scene, params (string Path, string Text)[] files)
    {
        await WriteAsync(scene, files);
        (await scene.RunAsync("add", Upstream(scene), "--all")).Succeeds();
    }

    private static async Task AssertGoesAsync(ProjectScene scene)
    {
        Assert.All(scene.Drift().Where(one => one.Key.StartsWith("hook:guard", StringComparison.Ordinal)), one => Assert.Equal(DriftState.InSync, one.Value));
        Assert.All(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation), one => Assert.Equal(DeployStatus.Unchanged, one.Status));
        Assert.Equal([(DeployStatus.Removed, (string?)null)], (await scene.Deployer.UndeployAsync(scene.Request("guard"), Cancellation)).Select(one => (one.Status, one.Reason)));
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));
    }
}

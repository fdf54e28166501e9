using System.Formats.Tar;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Projects as other programs leave them, from adoption to a deployment elsewhere, through <c>skm</c>.</summary>
public sealed class AdoptLayoutTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("link")]
    [InlineData("copy")]
    [InlineData("real")]
    public async Task A_project_that_npx_skills_wrote(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await AdoptScene.StartAsync();
        var app = await WriteNpxAsync(scene, kind);
        var (copy, other) = (Path.Combine(app, ".agents", "skills", "meeting-notes"), Path.Combine(app, ".claude", "skills", "meeting-notes"));
        var before = scene.Tree() + ContentHash.Of(copy) + new FileInfo(other).LinkTarget;

        var planned = await RowsAsync(scene, "adopt", "--project", app, "--dry-run");
        Assert.Empty(Directory.GetFiles(app, ".skillmeat-deployed.toml", SearchOption.AllDirectories));
        var adopted = await RowsAsync(scene, "adopt", "--project", app);

        string[] expected = kind == "copy" ? ["skill:meeting-notes claude_code adopted", "skill:meeting-notes universal recorded"] : ["skill:meeting-notes universal adopted"];
        Assert.Equal(expected, adopted.Order(StringComparer.Ordinal));
        Assert.Equal(planned, adopted);
        Assert.Equal(before, scene.Tree() + ContentHash.Of(copy) + new FileInfo(other).LinkTarget);
        await AssertInSyncAsync(scene, app, expected.Length);
        var json = (await scene.RunAsync("show", "skill:meeting-notes", "--format", "json")).Succeeds().Json;
        if (kind != "real") Assert.Equal("https://github.com/ada/notes/tree/HEAD/skills/meeting-notes", json.GetProperty("upstream").GetString());
        Assert.Empty(await RowsAsync(scene, "adopt", "--project", app));

        await DeployElsewhereAsync(scene, 1);

        // An edit through the link of Claude Code is one of the copy.
        await File.AppendAllTextAsync(Path.Combine(other, "SKILL.md"), "mine\n", Cancellation);
        var drift = (await scene.RunAsync("drift", "--project", app, "--format", "json")).Succeeds(2).Json;
        Assert.Equal([kind == "copy" ? "claude_code modified" : "universal modified"], drift.EnumerateArray().Select(one => $"{one.GetProperty("profile").GetString()} {one.GetProperty("state").GetString()}"));
        (await scene.RunAsync("sync", "--project", app)).Succeeds();
        await AssertInSyncAsync(scene, app, expected.Length);
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(Path.Combine(copy, "SKILL.md"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(kind == "copy" ? null : "../../.agents/skills/meeting-notes", new FileInfo(other).LinkTarget);
        Assert.Equal(2, (await scene.RunAsync("drift", "--project", Path.Combine(scene.Place, "elsewhere"))).ExitCode);
    }

    [Fact]
    public async Task A_project_with_plugins_of_Claude_Code()
    {
        using var scene = await AdoptScene.StartAsync();
        WritePlugin(scene);
        scene.Write("project/.claude/skills/own/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/settings.json", """{"enabledPlugins": {"quality@market": true}}""");
        var before = scene.Tree();

        var adopted = await RowsAsync(scene, "adopt", "--project", scene.Project);

        Assert.Equal(["agent:judge claude_code copied", "command:check claude_code copied", "hook:quality claude_code copied", "skill:lint claude_code copied", "skill:own claude_code adopted"], adopted.Order(StringComparer.Ordinal));
        Assert.Equal(before, scene.Tree());
        await AssertInSyncAsync(scene, scene.Project, 1);
        Assert.Equal(
            ["agent:judge claude_code unchanged", "command:check claude_code unchanged", "hook:quality claude_code unchanged", "skill:lint claude_code unchanged"],
            (await RowsAsync(scene, "adopt", "--project", scene.Project)).Order(StringComparer.Ordinal));
        var lint = (await scene.RunAsync("show", "skill:lint", "--format", "json")).Succeeds().Json;
        Assert.Equal(("marketplace", $"https://github.com/ada/market/tree/{Commit}/quality/skills/lint"), (lint.GetProperty("origin").GetString(), lint.GetProperty("upstream").GetString()));
        Assert.Equal(5, await DeployElsewhereAsync(scene, 5));
        // The plugin goes on beside it, and an edit of its folder is nobody's drift.
        await File.AppendAllTextAsync(scene.InUser(".claude/plugins/cache/market/quality/1.2.0/commands/check.md"), "news\n", Cancellation);
        await AssertInSyncAsync(scene, scene.Project, 1);
        Assert.Contains("command:check claude_code conflict", await RowsAsync(scene, 3, "adopt", "--project", scene.Project));
    }

    [Fact]
    public async Task A_project_with_files_for_Copilot()
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.github/skills/notes/SKILL.md", "\uFEFF" + AdoptScene.Notes.Replace("\n", "\r\n", StringComparison.Ordinal));
        scene.Write("project/.github/skills/notes/scripts/run.sh", "exit 0\n");
        scene.Write("project/.github/agents/helper.md", "---\nname: helper\ndescription: Helps\n---\nHelp\n");
        scene.Write("project/.github/workflows/build.yml", "on: push\n");
        scene.Write("project/.github/copilot-instructions.md", "Be brief.\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.InProject(".github/skills/notes/scripts/run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var before = scene.Tree();

        Assert.Equal(["agent:helper copilot adopted", "skill:notes copilot adopted"], (await RowsAsync(scene, "adopt", "--project", scene.Project)).Order(StringComparer.Ordinal));

        Assert.Equal(before, scene.Tree());
        await AssertInSyncAsync(scene, scene.Project, 2);
        await DeployElsewhereAsync(scene, 2, "--profile", "copilot", "--profile", "claude");
        Assert.Equal(await File.ReadAllBytesAsync(scene.InProject(".github/skills/notes/SKILL.md"), Cancellation), await File.ReadAllBytesAsync(Path.Combine(scene.Place, "elsewhere/.claude/skills/notes/SKILL.md"), Cancellation));
        if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(Path.Combine(scene.Place, "elsewhere/.github/skills/notes/scripts/run.sh")).HasFlag(UnixFileMode.UserExecute));
        (await scene.RunAsync("undeploy", "--all", "--project", scene.Project)).Succeeds();
        Assert.Equal(["build.yml", "copilot-instructions.md"], Directory.GetFiles(scene.Project, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task<int> DeployElsewhereAsync(AdoptScene scene, int artifacts, params string[] options)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere")).FullName;
        var deployed = (await scene.RunAsync(["deploy", "--all", "--project", elsewhere, .. options, "--format", "json"])).Succeeds().Json;
        Assert.All(deployed.EnumerateArray(), one => Assert.Equal("deployed", one.GetProperty("status").GetString()));
        Assert.Equal(artifacts, deployed.EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString()).Distinct().Count());
        await AssertInSyncAsync(scene, elsewhere, deployed.GetArrayLength());
        return deployed.GetArrayLength();
    }

    // Also with nothing that no record names.
    private static async Task AssertInSyncAsync(AdoptScene scene, string project, int copies)
    {
        foreach (string[] options in new string[][] { [], ["--full"] })
        {
            var drift = (await scene.RunAsync(["drift", "--project", project, "--include-in-sync", .. options, "--format", "json"])).Succeeds().Json;
            Assert.All(drift.EnumerateArray(), one => Assert.Equal("in_sync", one.GetProperty("state").GetString()));
            Assert.Equal(copies, drift.GetArrayLength());
        }
    }

    private static Task<IReadOnlyList<string>> RowsAsync(AdoptScene scene, params string[] arguments) => RowsAsync(scene, 0, arguments);

    private static async Task<IReadOnlyList<string>> RowsAsync(AdoptScene scene, int exitCode, params string[] arguments) =>
    [
        .. (await scene.RunAsync([.. arguments, "--format", "json"])).Succeeds(exitCode).Json.EnumerateArray()
            .Select(one => $"{one.GetProperty("artifact_id").GetString()} {one.GetProperty("profile").GetString()} {one.GetProperty("status").GetString()}"),
    ];

    private static async Task<string> WriteNpxAsync(AdoptScene scene, string kind)
    {
        if (kind == "real")
        {
            var archive = SharedFolder.Find() is { } shared ? Path.Combine(shared, "agents", "npx-skills-home.tar") : null;
            Assert.SkipWhen(archive is null || !File.Exists(archive), "the archive is not there");
            var unpacked = Directory.CreateDirectory(Path.Combine(scene.Place, "unpacked")).FullName;
            await TarFile.ExtractToDirectoryAsync(archive!, unpacked, overwriteFiles: true, Cancellation);
            return Path.Combine(unpacked, "home", "user", "projects", "npx-app");
        }

        foreach (var folder in kind == "copy" ? new[] { ".agents", ".claude" } : [".agents"])
        {
            scene.Write($"project/{folder}/skills/meeting-notes/SKILL.md", AdoptScene.Notes);
            scene.Write($"project/{folder}/skills/meeting-notes/templates/default.txt", "template\n");
        }

        if (kind == "link") scene.Link("project/.claude/skills/meeting-notes", "../../.agents/skills/meeting-notes");
        scene.Write("project/skills-lock.json", $$"""
            {"version": 1, "skills": {"meeting-notes": {
              "source": "ada/notes", "sourceType": "github", "skillPath": "skills/meeting-notes/SKILL.md", "computedHash": "{{ContentHash.Of(scene.InProject(".agents/skills/meeting-notes"))}}"} } }
            """);
        return scene.Project;
    }

    private static void WritePlugin(AdoptScene scene)
    {
        var (quality, market) = (scene.InUser(".claude/plugins/cache/market/quality/1.2.0"), scene.InUser(".claude/plugins/marketplaces/market"));
        scene.Write(Path.Combine(quality, ".claude-plugin", "plugin.json"), """{"name": "quality", "version": "1.2.0"}""");
        scene.Write(Path.Combine(quality, "skills", "lint", "SKILL.md"), AdoptScene.Notes + "lint\n");
        scene.Write(Path.Combine(quality, "commands", "check.md"), "Check\r\n");
        scene.Write(Path.Combine(quality, "agents", "judge.md"), "---\nname: judge\ndescription: Judges\n---\n");
        scene.Write(Path.Combine(quality, "hooks", "hooks.json"), """{"hooks": {"Stop": []}}""");
        scene.Write(Path.Combine(market, ".claude-plugin", "marketplace.json"), """{"name": "market", "plugins": [{"name": "quality", "source": "./quality"}]}""");
        scene.Write("user/.claude/plugins/known_marketplaces.json", $$"""{"market": {"source": {"source": "github", "repo": "ada/market"}, "installLocation": "{{market}}"} }""");
        scene.Write("user/.claude/plugins/installed_plugins.json", $$"""
            {"version": 2, "plugins": {"quality@market": [{"scope": "project", "projectPath": "{{scene.Project}}", "installPath": "{{quality}}", "version": "1.2.0", "gitCommitSha": "{{Commit}}"}] } }
            """);
    }
}

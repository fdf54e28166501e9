using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm project</c>, <c>skm deploy</c>, <c>skm undeploy</c> and <c>skm drift</c>, as scripts see them.</summary>
public sealed class ProjectCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projects_are_registered_listed_found_and_forgotten()
    {
        using var home = TestHome.Sample();
        var app = Directory.CreateDirectory(Path.Combine(home.Place, "src", "app")).FullName;
        Directory.CreateDirectory(Path.Combine(home.Place, "src", "other", ".claude", "skills"));

        var registered = (await home.RunAsync("project", "register", app, "--format", "json")).Succeeds();

        Assert.Equal(["name", "path", "is_missing", "is_registered", "registered_at", "profiles", "deployments", "problem"], registered.Json[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(("app", app, true), (Text(registered.Json[0], "name"), Text(registered.Json[0], "path"), registered.Json[0].GetProperty("is_registered").GetBoolean()));
        var found = (await home.RunAsync("project", "find", Path.Combine(home.Place, "src"), "--depth", "2", "--format", "json")).Succeeds();
        Assert.Equal([("other", false)], found.Json.EnumerateArray().Select(one => (Text(one, "name"), one.GetProperty("is_registered").GetBoolean())));
        Directory.Delete(app);
        Assert.Contains("missing", (await home.RunAsync("project", "list")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("project", "unregister", "ap")).Fails("Did you mean 'app'?", "ProjectNotFound");
        (await home.RunAsync("project", "unregister", "app")).Succeeds();
        Assert.Contains("There are no projects.", (await home.RunAsync("project", "list")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_output_has_the_contracts_keys_and_exit_codes()
    {
        using var home = TestHome.Sample();
        var app = Project(home);

        var deployed = (await home.RunAsync("deploy", "meeting-notes", "changelog", "--project", app, "--format", "json")).Succeeds();

        Assert.Equal(["artifact_id", "project", "profile", "path", "status", "reason", "commands", "dry_run", "warnings"], deployed.Json[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["skill:meeting-notes deployed", "command:changelog deployed"], deployed.Json.EnumerateArray().Select(one => $"{Text(one, "artifact_id")} {Text(one, "status")}"));
        Assert.Equal((app, "claude_code", Path.Combine(app, ".claude", "skills", "meeting-notes")), (Text(deployed.Json[0], "project"), Text(deployed.Json[0], "profile"), Text(deployed.Json[0], "path")));
        Assert.Equal("[]", (await home.RunAsync("drift", "--project", app, "--format", "json")).Succeeds().Output.Trim());
        await File.AppendAllTextAsync(Path.Combine(app, ".claude", "skills", "meeting-notes", "SKILL.md"), "mine\n", Cancellation);
        var drift = (await home.RunAsync("drift", "--project", app, "--format", "json")).Succeeds(2);
        Assert.Equal(
            [
                "artifact_id", "project", "profile", "state", "change_origin", "base_hash", "collection_hash", "project_hash", "first_seen", "changed_files", "changed_fields", "recommendation",
                "path", "collection", "is_link", "deployed_at", "tags_imported_at",
            ],
            drift.Json[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["skill:meeting-notes", "modified", "local_modification", "push_to_collection"], new[] { "artifact_id", "state", "change_origin", "recommendation" }.Select(key => Text(drift.Json[0], key)));
        Assert.Equal(["SKILL.md"], drift.Json[0].GetProperty("changed_files").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal(2, (await home.RunAsync("drift", "--project", app, "--include-in-sync", "--full", "--format", "json")).Succeeds(2).Json.GetArrayLength());

        var removed = (await home.RunAsync("undeploy", "--all", "--project", app, "--format", "json")).Succeeds(3);

        Assert.Equal(["skill:meeting-notes conflict", "command:changelog removed"], removed.Json.EnumerateArray().Select(one => $"{Text(one, "artifact_id")} {Text(one, "status")}"));
        Assert.Contains("1 removed", (await home.RunAsync("undeploy", "--all", "--force", "--project", app)).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_profile_an_artifact_is_removed_for_all_that_have_it()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        (await home.RunAsync("deploy", "meeting-notes", "--project", app, "--profile", "claude", "--profile", "codex")).Succeeds();

        var removed = (await home.RunAsync("undeploy", "meeting-notes", "--project", app, "--format", "json")).Succeeds();

        Assert.Equal(["claude_code removed", "codex removed"], removed.Json.EnumerateArray().Select(one => $"{Text(one, "profile")} {Text(one, "status")}"));
        (await home.RunAsync("deploy", "meeting-notes", "--project", app, "--profile", "claude", "--profile", "codex")).Succeeds();
        Assert.Equal("codex", Text((await home.RunAsync("undeploy", "meeting-notes", "--project", app, "--profile", "codex", "--format", "json")).Succeeds().Json[0], "profile"));
        Assert.True(Directory.Exists(Path.Combine(app, ".claude", "skills", "meeting-notes")));
    }

    [Fact]
    public async Task Files_that_were_replaced_by_force_are_listed_and_written_back()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        (await home.RunAsync("deploy", "changelog", "--project", app)).Succeeds();
        var file = Path.Combine(app, ".claude", "commands", "changelog.md");
        await File.AppendAllTextAsync(file, "mine\n", Cancellation);
        var edited = await File.ReadAllTextAsync(file, Cancellation);
        Assert.Contains("Nothing that was replaced is kept.", (await home.RunAsync("project", "restore", "--project", app)).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("deploy", "changelog", "--project", app, "--force")).Succeeds();

        var kept = (await home.RunAsync("project", "restore", "--project", app, "--format", "json")).Succeeds();
        Assert.Equal(["artifact_id", "project", "path", "replaced_at", "status", "reason", "dry_run", "warnings"], kept.Json[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(("command:changelog", "kept", file), (Text(kept.Json[0], "artifact_id"), Text(kept.Json[0], "status"), Text(kept.Json[0], "path")));
        Assert.Equal("restored", Text((await home.RunAsync("project", "restore", "changelog", "--project", app, "--replaced-at", Text(kept.Json[0], "replaced_at")!, "--format", "json")).Succeeds().Json[0], "status"));
        Assert.Equal(edited, await File.ReadAllTextAsync(file, Cancellation));
        await File.AppendAllTextAsync(file, "more\n", Cancellation);
        Assert.Contains("1 conflict", (await home.RunAsync("project", "restore", "--all", "--project", app)).Succeeds(3).Output, StringComparison.Ordinal);
        (await home.RunAsync("project", "restore", "pdf-tools", "--project", app)).Fails("Nothing that was replaced of 'pdf-tools' is kept", "ArtifactNotFound");
    }

    [Fact]
    public async Task Reading_drift_changes_nothing_but_the_cache_and_record_only_the_time()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        (await home.RunAsync("deploy", "meeting-notes", "changelog", "--project", app)).Succeeds();
        await File.AppendAllTextAsync(Path.Combine(app, ".claude", "skills", "meeting-notes", "SKILL.md"), "mine\n", Cancellation);
        var records = Path.Combine(app, ".claude", ".skillmeat-deployed.toml");
        var before = (Times(home.Home), Times(app));

        foreach (var more in new string[][] { [], ["--full"], ["--include-in-sync"] }) (await home.RunAsync(["drift", "--project", app, .. more])).Succeeds(2);

        Assert.Equal(before, (Times(home.Home), Times(app)));
        var drift = (await home.RunAsync("drift", "--project", app, "--record", "--format", "json")).Succeeds(2);
        Assert.NotNull(Text(drift.Json[0], "first_seen"));
        Assert.Equal(1, drift.Json.GetArrayLength());
        Assert.Contains("modification_detected_at", await File.ReadAllTextAsync(records, Cancellation), StringComparison.Ordinal);
        Assert.Equal(before.Item1, Times(home.Home));
    }

    // Of everything in a folder, with sizes; of the home without the cache, which can be deleted.
    private static string Times(string folder) => string.Join('\n', new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(item => Path.GetRelativePath(folder, item.FullName).Split(Path.DirectorySeparatorChar)[0] is not ("cache" or "locks")).OrderBy(item => item.FullName, StringComparer.Ordinal)
        .Select(item => $"{item.FullName} {item.LastWriteTimeUtc.Ticks} {(item as FileInfo)?.Length}"));

    [Theory]
    [InlineData("deploy")]
    [InlineData("sync")]
    [InlineData("undeploy")]
    public async Task Warnings_of_a_change_are_shown(string verb)
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        if (verb != "deploy") (await home.RunAsync("deploy", "meeting-notes", "--project", app)).Succeeds();
        if (verb == "sync") await File.AppendAllTextAsync(Path.Combine(app, ".claude", "skills", "meeting-notes", "SKILL.md"), "mine\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(app, ".skm-0123456789abcdef.consent"), "no consent", Cancellation);

        var run = (await home.RunAsync([verb, "meeting-notes", "--project", app, "--format", "json", .. verb == "sync" ? (string[])["--direction", "push"] : []])).Succeeds();

        Assert.Contains("looks like the mark of an interrupted change", run.Error, StringComparison.Ordinal);
        if (verb != "sync") Assert.Contains("looks like the mark", run.Json[0].GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_field_has_its_old_and_new_value()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        (await home.RunAsync("deploy", "meeting-notes", "--project", app)).Succeeds();
        var file = Path.Combine(app, ".claude", "skills", "meeting-notes", "SKILL.md");
        var text = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(file, text.Replace("description: Turn raw transcripts into meeting notes.", "description: Mine", StringComparison.Ordinal), Cancellation);

        var drift = (await home.RunAsync("drift", "--project", app, "--format", "json")).Succeeds(2);

        var field = Assert.Single(drift.Json[0].GetProperty("changed_fields").EnumerateArray());
        Assert.Equal(["field", "old_value", "new_value"], field.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("description", "Turn raw transcripts into meeting notes.", "Mine"), (Text(field, "field"), Text(field, "old_value"), Text(field, "new_value")));
    }

    [Fact]
    public async Task Wrong_requests_are_errors_that_change_nothing()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        var before = home.Tree();

        (await home.RunAsync("deploy", "--project", app)).Fails("--all", "InvalidArgument");
        (await home.RunAsync("deploy", "meeting-notes", "--all", "--project", app)).Fails("--all", "InvalidArgument");
        (await home.RunAsync("deploy", "meeting-notes")).Fails("Name a project", "InvalidArgument");
        (await home.RunAsync("deploy", "meeting-note", "--project", app)).Fails("Did you mean 'meeting-notes'?", "ArtifactNotFound");
        (await home.RunAsync("deploy", "meeting-notes", "--project", app, "--mode", "move")).Fails("'move' is not a mode", "InvalidArgument");
        (await home.RunAsync("deploy", "meeting-notes", "--project", app, "--profile", "claud")).Fails("Did you mean 'claude'?", "InvalidArgument");
        (await home.RunAsync("deploy", "meeting-notes", "--project", Path.Combine(home.Place, "gone"))).Fails("There is no folder", "ProjectNotFound");
        (await home.RunAsync("undeploy", "meeting-notes", "--project", app)).Fails("is not deployed", "ArtifactNotFound");
        (await home.RunAsync("drift", "--project", Path.Combine(home.Place, "gone"))).Fails("ProjectNotFound");

        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task Activations_are_listed_before_and_after()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        home.WriteUpstream("hooks/guard/settings.json", """{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/check.sh \u001b[31m"}]}]}}""");
        (await home.RunAsync("add", "hook", Path.Combine(home.Place, "upstream", "hooks", "guard"))).Succeeds();
        var before = home.Tree();

        var plan = (await home.RunAsync("deploy", "guard", "--activate", "--dry-run", "--project", app)).Succeeds();

        Assert.Equal(before, home.Tree());
        Assert.Contains("hook:guard would allow Claude Code to run or use:\n  ${CLAUDE_PROJECT_DIR}/.claude/hooks/guard/check.sh", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", plan.Output, StringComparison.Ordinal);
        Assert.Contains("hook:guard allows Claude Code to run or use:", (await home.RunAsync("deploy", "guard", "--activate", "--project", app)).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("check.sh", await File.ReadAllTextAsync(Path.Combine(app, ".claude", "settings.json"), Cancellation), StringComparison.Ordinal);
        (await home.RunAsync("undeploy", "guard", "--project", app)).Succeeds();
        Assert.False(File.Exists(Path.Combine(app, ".claude", "settings.json")));
    }

    [Fact]
    public async Task The_users_folders_and_all_detected_profiles_are_those_of_the_environment()
    {
        using var home = TestHome.Sample();
        var user = Directory.CreateDirectory(Path.Combine(home.Place, "user")).FullName;
        Directory.CreateDirectory(Path.Combine(user, ".codex"));
        var config = Path.Combine(home.Place, "config", "claude");
        Directory.CreateDirectory(config);
        var around = new SkmSurroundings { Environment = new Dictionary<string, string?> { ["HOME"] = user, ["USERPROFILE"] = user, ["CLAUDE_CONFIG_DIR"] = config } };
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the folder of the user is not taken from the environment there");

        var run = (await home.RunAsync(around, "deploy", "pdf-tools", "--user", "--profile", "*", "--format", "json")).Succeeds();

        Assert.Equal(
            [("claude_code", Path.Combine(config, "skills", "pdf-tools")), ("codex", Path.Combine(user, ".codex", "skills", "pdf-tools"))],
            run.Json.EnumerateArray().Select(one => (Text(one, "profile"), Text(one, "path"))));
        Assert.Equal("[]", (await home.RunAsync(around, "drift", "--user", "--format", "json")).Succeeds().Output.Trim());
        var profiles = (await home.RunAsync(around, "profile", "list", "--format", "json")).Succeeds();
        Assert.Equal(["claude_code", "codex"], profiles.Json.EnumerateArray().Where(one => one.GetProperty("is_on_machine").GetBoolean()).Select(one => Text(one, "profile")));
    }

    private static string Project(TestHome home) => Directory.CreateDirectory(Path.Combine(home.Place, "app")).FullName;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}

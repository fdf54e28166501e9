using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm update</c>, as scripts and people see it.</summary>
public sealed class UpdateCommandTests
{
    private static readonly string[] _keys =
    [
        "artifact_id", "status", "change_type", "old_sha", "new_sha", "files_changed", "conflicts", "reason", "collection", "snapshot_id", "files", "code", "dry_run", "warnings",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_snapshot_before_an_update_says_how_much_it_holds()
    {
        using var scene = new ArtifactScene().WithSkill("a", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"line {i}\n"))).WithSkill("b");
        (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), scene.Upstream("skills/b"))).Succeeds();
        scene.Edit(scene.Upstream("skills/a/SKILL.md"), "line 4999", "changed");
        var held = new DirectoryInfo(scene.Local("")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

        (await scene.RunAsync("update", "--all", "--yes")).Succeeds();

        var snapshot = (await scene.RunAsync("snapshot", "list", "--format", "json")).Succeeds().Json[0];
        Assert.Equal("pre-update", snapshot.GetProperty("kind").GetString());
        Assert.Equal(held, snapshot.GetProperty("content_bytes").GetInt64());
        Assert.InRange(snapshot.GetProperty("size_bytes").GetInt64(), 1, held);
        Assert.Contains(held.ToString(System.Globalization.CultureInfo.InvariantCulture), (await scene.RunAsync("snapshot", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_told_with_the_keys_of_the_contract()
    {
        using var home = TestHome.WithSkills(2);

        var run = (await home.RunAsync("update", "--all", "--format", "json")).Succeeds();

        Assert.Empty(run.Error);
        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal(_keys, e.EnumerateObject().Select(p => p.Name)));
        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal(
            ("updated", "updated", 1, false, "SKILL.md", "changed"),
            (Text(e, "status"), Text(e, "change_type"), e.GetProperty("files_changed").GetInt32(), e.GetProperty("dry_run").GetBoolean(), Text(e.GetProperty("files")[0], "path"), Text(e.GetProperty("files")[0], "change"))));
        Assert.False(run.Json[0].GetProperty("files")[0].TryGetProperty("diff", out _));
        Assert.Equal(["unchanged", "unchanged"], (await home.RunAsync("update", "--all", "--format", "json")).Succeeds().Json.EnumerateArray().Select(e => Text(e, "status")));
        (await home.RunAsync("snapshot", "restore", Text(run.Json[0], "snapshot_id")!, "--yes")).Succeeds();
        Assert.Contains("Old text", await File.ReadAllTextAsync(home.At("collections", "default", "skills", "a1", "SKILL.md"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_diffs_and_writes_nothing()
    {
        using var home = TestHome.WithSkills(1);
        var before = home.Tree();

        var table = (await home.RunAsync("update", "a1", "--dry-run")).Succeeds();
        var json = (await home.RunAsync("update", "a1", "--dry-run", "--format", "json")).Succeeds().Json[0];

        Assert.Contains("-description: Old text\n+description: New text of a1\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("1 would be updated", table.Output, StringComparison.Ordinal);
        Assert.StartsWith("--- a/SKILL.md\n+++ b/SKILL.md\n@@ ", Text(json.GetProperty("files")[0], "diff"), StringComparison.Ordinal);
        Assert.True(json.GetProperty("dry_run").GetBoolean());
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_conflict_names_file_and_lines_and_how_to_finish_it()
    {
        using var scene = await ArtifactScene.WithConflictsAsync();

        var json = (await scene.RunAsync("update", "--all", "--format", "json")).Succeeds(3).Json;
        var table = (await scene.RunAsync("update", "--all")).Succeeds(3);

        Assert.Equal(["conflict", "unchanged", "conflict"], json.EnumerateArray().Select(e => Text(e, "status")));
        Assert.Equal(
            [("SKILL.md", "line 9", "content", "line 9"), ("c.md", "line 5", "content", "line 5")],
            new[] { json[0], json[2] }.Select(e => e.GetProperty("conflicts")[0]).Select(c => (Text(c, "path"), c.GetProperty("lines")[0].GetString(), Text(c, "kind"), c.GetProperty("upstream_lines")[0].GetString())));
        Assert.Equal(["path", "lines", "kind", "reason", "upstream_lines"], json[0].GetProperty("conflicts")[0].EnumerateObject().Select(p => p.Name));
        Assert.Contains("conflict: skill:a SKILL.md, line 9 (upstream line 9): ", table.Output, StringComparison.Ordinal);
        Assert.Contains("'skm update skill:a --collection default --resolve-with upstream|local|FOLDER' resolves it.", table.Output, StringComparison.Ordinal);
        Assert.Contains("mine", await File.ReadAllTextAsync(scene.Local("commands/c.md"), Cancellation), StringComparison.Ordinal);

        (await scene.RunAsync("update", "skill:a", "--resolve-with", "upstream")).Succeeds();
        (await scene.RunAsync("update", "c", "--resolve-with", "local")).Succeeds();
        Assert.Contains("theirs", await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation), StringComparison.Ordinal);
        Assert.Contains("mine", await File.ReadAllTextAsync(scene.Local("commands/c.md"), Cancellation), StringComparison.Ordinal);
        (await scene.RunAsync("update", "--all")).Succeeds();
    }

    [Fact]
    public async Task A_conflict_can_be_finished_with_a_folder()
    {
        using var scene = await ArtifactScene.WithConflictsAsync();
        scene.Home.Write("merged/SKILL.md", "---\nname: a\ndescription: By hand\n---\n");

        (await scene.RunAsync("update", "a", "--resolve-with", Path.Combine(scene.Home.Place, "merged"))).Succeeds();
        (await scene.RunAsync("update", "--all", "--resolve-with", Path.Combine(scene.Home.Place, "merged"))).Fails("A folder resolves the conflict of one artifact", "InvalidArgument");

        Assert.Contains("By hand", await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("latest")]
    public async Task A_folder_has_no_versions(string version)
    {
        using var home = TestHome.WithSkills(2);
        (await home.RunAsync("update", "a2")).Succeeds();
        var before = home.Tree("cache", "objects");

        var run = (await home.RunAsync("update", "--all", "--version", version, "--format", "json")).Succeeds(1);

        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal(
            ("error", "InvalidArgument", "Its upstream is a folder, which has no versions to follow."), (Text(e, "status"), Text(e, "code"), Text(e, "reason"))));
        Assert.Equal(before, home.Tree("cache", "objects"));
    }

    [Fact]
    public async Task Unknown_names_are_errors_and_the_others_are_updated()
    {
        using var home = TestHome.WithSkills(2);

        var run = (await home.RunAsync("update", "a1", "a9", "--format", "json")).Succeeds(1);

        Assert.Equal("skill:a1", Text(Assert.Single(run.Json.EnumerateArray()), "artifact_id"));
        Assert.Contains("'a9'", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.EndsWith("[ArtifactNotFound]", run.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_an_artifact_is_told_and_exits_with_1()
    {
        using var home = TestHome.WithSkills(1);
        home.WriteUpstream("workflows/steps/WORKFLOW.yaml", "name: steps\n");
        (await home.RunAsync("add", Path.Combine(home.Place, "upstream", "workflows", "steps"))).Succeeds();
        home.WriteUpstream("workflows/steps/WORKFLOW.yaml", "name: [not closed\n");

        var run = (await home.RunAsync("update", "--all", "--format", "json")).Succeeds(1);

        Assert.Equal([("updated", null), ("error", "ArtifactInvalid")], run.Json.EnumerateArray().Select(e => (Text(e, "status"), Text(e, "code"))));
    }

    [Theory]
    [InlineData("take-upstream", "updated", "theirs")]
    [InlineData("TAKE_UPSTREAM", "updated", "theirs")]
    [InlineData("keep-local", "kept_local", "mine")]
    [InlineData("merge", "conflict", "mine")]
    public async Task A_strategy_says_what_becomes_of_local_edits(string strategy, string status, string text)
    {
        using var scene = await ArtifactScene.WithConflictsAsync();
        using var configured = scene.Home.Copy();
        configured.Write(configured.Config, $"[settings]\ndefault-collection = \"default\"\nupdate-strategy = \"{strategy}\"\n");

        foreach (var (home, arguments) in new[] { (scene.Home, new[] { "--strategy", strategy }), (configured, []) })
        {
            // The copy has the upstream of the original artifact.
            var run = await home.RunAsync([.. new[] { "update", "c", "--format", "json" }, .. arguments]);

            Assert.Equal(status, Text(run.Json[0], "status"));
            Assert.Contains(text, await File.ReadAllTextAsync(home.At("collections", "default", "commands", "c.md"), Cancellation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("prompt", "there is no console")]
    [InlineData("nonsense", "none of take-upstream, keep-local, merge, prompt")]
    public async Task A_configured_strategy_that_can_not_be_used_is_merge_with_a_warning(string strategy, string warning)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Config, $"[settings]\ndefault-collection = \"default\"\nupdate-strategy = \"{strategy}\"\n");

        var run = (await home.RunAsync("update", "--all")).Succeeds();

        Assert.StartsWith("warning: 'update-strategy' in ", run.Error, StringComparison.Ordinal);
        Assert.Contains(warning, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_do_not_fit_together_are_refused()
    {
        using var home = TestHome.WithSkills(1);

        (await home.RunAsync("update")).Fails("NAME", "--all", "InvalidArgument");
        (await home.RunAsync("update", "--type", "skill")).Fails("NAME", "--all", "InvalidArgument");
        (await home.RunAsync("update", "a1", "--all")).Fails("--all", "InvalidArgument");
        (await home.RunAsync("update", "--all", "--strategy", "prompt")).Fails("take-upstream, keep-local or merge", "InvalidArgument");
        (await home.RunAsync("update", "--all", "--strategy", "other")).Fails("take-upstream, keep-local, merge, prompt", "InvalidArgument");
        (await home.RunAsync("update", "--all", "--resolve-with", "")).Fails("--resolve-with is empty", "InvalidArgument");
        (await home.RunAsync("update", "--all", "--collection", "none")).Fails("CollectionNotFound");
    }

    [Fact]
    public async Task Several_collections_are_updated_at_once()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        (await scene.RunAsync("collection", "create", "work")).Succeeds();
        (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"))).Succeeds();
        (await scene.RunAsync("add", "skill", scene.Upstream("skills/b"), "-c", "work")).Succeeds();
        scene.WithSkill("a", "more").WithSkill("b", "more");

        var run = (await scene.RunAsync("update", "--all", "-c", "work", "-c", "default", "--format", "json")).Succeeds();

        Assert.Equal([("work", "skill:b", "updated"), ("default", "skill:a", "updated")], run.Json.EnumerateArray().Select(e => (Text(e, "collection"), Text(e, "artifact_id"), Text(e, "status"))));
    }

    [Fact]
    public async Task Somebody_who_is_there_is_asked_once_and_sees_the_plan()
    {
        using var home = TestHome.WithSkills(2);
        var before = home.Tree("objects", "cache");

        var declined = (await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "n\n" }, "update", "--all")).Succeeds(1);

        Assert.Contains("skill:a1 of 'default': would be updated", declined.Error, StringComparison.Ordinal);
        Assert.Contains("Update 2 artifacts? [y/N]", declined.Error, StringComparison.Ordinal);
        Assert.Empty(declined.Output);
        Assert.Equal(before, home.Tree("objects", "cache"));
        (await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "y\n" }, "update", "a1")).Succeeds();
        Assert.DoesNotContain("[y/N]", (await home.RunAsync(new SkmSurroundings { IsInteractive = true }, "update", "a2", "--yes")).Succeeds().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("[y/N]", (await home.RunAsync(new SkmSurroundings { IsInteractive = true }, "update", "--all")).Succeeds().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_asks_about_each_artifact_with_news()
    {
        using var scene = await ArtifactScene.WithConflictsAsync();
        scene.WithSkill("b", "more");

        var run = (await scene.AnswerAsync("x\nu\ns\nl\n", "update", "--all", "--strategy", "prompt", "--format", "json")).Succeeds();

        Assert.Equal([("skill:a", "updated"), ("skill:b", "kept_local"), ("command:c", "kept_local")], run.Json.EnumerateArray().Select(e => (Text(e, "artifact_id"), Text(e, "status"))));
        Assert.Equal(2, run.Error.Split("skill:a: take (u)pstream, keep (l)ocal, (m)erge, (s)kip?").Length - 1);
        Assert.Contains("conflict SKILL.md, line 9 (upstream line 9)", run.Error, StringComparison.Ordinal);
        Assert.Equal(["updated", "kept_local"], (await scene.AnswerAsync("m\n", "update", "b", "c", "--strategy", "prompt", "--format", "json")).Succeeds().Json.EnumerateArray().Select(e => Text(e, "status")));
    }

    [Fact]
    public async Task An_artifact_that_is_gone_upstream_goes_only_on_request_and_not_when_it_is_kept()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), scene.Upstream("skills/b"))).Succeeds();
        Directory.Delete(scene.Upstream("skills/a"), recursive: true);

        Assert.Equal(("skipped", "deleted"), (await scene.RunAsync("update", "a", "--format", "json")).Succeeds().Json[0] is var kept ? (Text(kept, "status"), Text(kept, "change_type")) : default);
        Assert.Equal("kept_local", Text((await scene.AnswerAsync("s\n", "update", "a", "--remove-deleted", "--strategy", "prompt", "--format", "json")).Succeeds().Json[0], "status"));
        Assert.True(Directory.Exists(scene.Local("skills/a")));
        var planned = (await scene.RunAsync("update", "--all", "--remove-deleted", "--dry-run")).Succeeds().Output;
        Assert.Contains("1 unchanged, 1 would be removed in ", planned, StringComparison.Ordinal);
        var removed = (await scene.RunAsync("update", "a", "--remove-deleted", "--format", "json")).Succeeds().Json[0];
        Assert.Equal(("removed", "deleted"), (Text(removed, "status"), Text(removed.GetProperty("files")[0], "change")));
        Assert.False(Directory.Exists(scene.Local("skills/a")));
    }

    [Fact]
    public async Task Without_a_snapshot_there_is_a_warning()
    {
        using var home = TestHome.WithSkills(1);

        var run = (await home.RunAsync("update", "--all", "--skip-snapshot", "--clean")).Succeeds();

        Assert.StartsWith("warning: No snapshot was taken", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await home.RunAsync("snapshot", "list", "--format", "json")).Json.GetArrayLength());
    }

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();
}

using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm sync</c>, as scripts and people see it.</summary>
public sealed class SyncCommandTests
{
    private static readonly string[] _keys =
    [
        "artifact_id", "project", "profile", "status", "files_changed", "conflicts", "reason", "path", "collection", "forked_as", "snapshot_id", "project_files", "collection_files", "code", "dry_run", "is_user_scope",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_outcome_is_told_with_the_contracts_keys()
    {
        using var scene = await DeployedAsync();
        scene.Edit(Copy(scene), "line 5", "mine");

        var run = (await scene.RunAsync("sync", "--project", Project(scene), "--direction", "push", "--format", "json")).Succeeds();

        Assert.Empty(run.Error);
        Assert.All(run.Json.EnumerateArray(), entry => Assert.Equal(_keys, entry.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(["pushed", "unchanged"], run.Json.EnumerateArray().Select(entry => Text(entry, "status")));
        Assert.Equal(("skill:a", Project(scene), "claude_code", 1), (Text(run.Json[0], "artifact_id"), Text(run.Json[0], "project"), Text(run.Json[0], "profile"), run.Json[0].GetProperty("files_changed").GetInt32()));
        Assert.Contains("mine", await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation), StringComparison.Ordinal);
        Assert.Empty((await scene.RunAsync("drift", "--project", Project(scene), "--format", "json")).Succeeds().Json.EnumerateArray());
        (await scene.RunAsync("snapshot", "restore", Text(run.Json[0], "snapshot_id")!, "--yes")).Succeeds();
        Assert.DoesNotContain("mine", await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_exits_with_3_and_says_how_to_finish_it()
    {
        using var scene = await DeployedAsync();
        scene.Edit(Copy(scene), "line 5", "mine");
        scene.Edit(scene.Local("skills/a/SKILL.md"), "line 5", "theirs");

        var json = (await scene.RunAsync("sync", "--project", Project(scene), "--format", "json")).Succeeds(3).Json[0];
        var table = (await scene.RunAsync("sync", "--project", Project(scene))).Succeeds(3);

        Assert.Equal("conflict", Text(json, "status"));
        Assert.Equal(("SKILL.md", "line 9", "content"), (Text(Conflict(json), "path"), Conflict(json).GetProperty("lines")[0].GetString(), Text(Conflict(json), "kind")));
        Assert.Equal("line 9", Conflict(json).GetProperty("collection_lines")[0].GetString());
        Assert.Contains("conflict: skill:a SKILL.md, line 9 (collection line 9): Both sides changed the text in line 9.", table.Output, StringComparison.Ordinal);
        Assert.Contains($"'skm sync skill:a --project {Project(scene)} --resolve-with project|collection|FOLDER' resolves it.", table.Output, StringComparison.Ordinal);
        Assert.Contains("mine", await File.ReadAllTextAsync(Copy(scene), Cancellation), StringComparison.Ordinal);
        Assert.Contains("theirs", await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation), StringComparison.Ordinal);

        (await scene.RunAsync("sync", "skill:a", "--project", Project(scene), "--resolve-with", "collection")).Succeeds();
        Assert.Contains("theirs", await File.ReadAllTextAsync(Copy(scene), Cancellation), StringComparison.Ordinal);

        static JsonElement Conflict(JsonElement entry) => entry.GetProperty("conflicts")[0];
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        using var scene = await DeployedAsync();
        scene.Edit(Copy(scene), "line 5", "mine");
        var before = scene.Home.Tree("cache");

        Assert.Equal("pushed", Text((await scene.RunAsync("sync", "-p", Project(scene), "--dry-run", "--format", "json")).Succeeds().Json[0], "status"));
        Assert.Contains("1 would be pushed", (await scene.RunAsync("sync", "-p", Project(scene), "--dry-run")).Succeeds().Output, StringComparison.Ordinal);

        Assert.Equal(before, scene.Home.Tree("cache"));
    }

    [Theory]
    [InlineData("y\n", 0, true)]
    [InlineData("n\n", 1, false)]
    [InlineData("", 1, false)]
    public async Task A_person_confirms_the_plan(string answer, int exitCode, bool isDone)
    {
        using var scene = await DeployedAsync();
        scene.Edit(Copy(scene), "line 5", "mine");

        var run = (await scene.AnswerAsync(answer, "sync", "--project", Project(scene))).Succeeds(exitCode);

        Assert.Contains("  collection: changed SKILL.md", run.Error, StringComparison.Ordinal);
        Assert.Contains("Synchronize 1 artifact? [y/N]", run.Error, StringComparison.Ordinal);
        Assert.Equal(isDone, (await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation)).Contains("mine", StringComparison.Ordinal));
        Assert.DoesNotContain("Synchronize", (await scene.AnswerAsync("", "sync", "--project", Project(scene), "--yes")).Succeeds().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p\n", "pushed", "mine", "mine")]
    [InlineData("c\n", "pulled", "theirs", "theirs")]
    [InlineData("what\ns\n", "skipped", "mine", "theirs")]
    [InlineData("", "skipped", "mine", "theirs")]
    [InlineData("m\n", "conflict", "mine", "theirs")]
    [InlineData("f\n", "forked", null, "theirs")]
    public async Task A_person_chooses_for_each_artifact(string answers, string status, string? project, string collection)
    {
        using var scene = await DeployedAsync();
        scene.Edit(Copy(scene), "line 5", "mine");
        scene.Edit(scene.Local("skills/a/SKILL.md"), "line 5", "theirs");

        var run = (await scene.AnswerAsync(answers, "sync", "--project", Project(scene), "--strategy", "prompt", "--format", "json")).Succeeds(status == "conflict" ? 3 : 0);

        Assert.Contains("take the (p)roject's", run.Error, StringComparison.Ordinal);
        Assert.Equal([status, "unchanged"], run.Json.EnumerateArray().Select(entry => Text(entry, "status")));
        if (project is null) Assert.Equal("skill:a-fork", Text(run.Json[0], "forked_as"));
        else Assert.Contains(project, await File.ReadAllTextAsync(Copy(scene), Cancellation), StringComparison.Ordinal);
        Assert.Contains(collection, await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_can_be_named()
    {
        using var scene = await DeployedAsync();
        scene.Edit(Copy(scene), "line 5", "mine");

        Assert.Contains("It is skill:own now.", (await scene.RunAsync("sync", "a", "--project", Project(scene), "--strategy", "fork", "--fork-name", "own")).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("own", (await scene.RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_registered_projects_are_synchronized_and_a_missing_one_is_an_error()
    {
        using var scene = await DeployedAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Home.Place, "other")).FullName;
        (await scene.RunAsync("project", "register", Project(scene), other)).Succeeds();
        scene.Edit(Copy(scene), "line 5", "mine");
        Directory.Delete(other);

        var run = await scene.RunAsync("sync", "--all-projects", "--format", "json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"The project '{other}' is missing", run.Error, StringComparison.Ordinal);
        Assert.Equal(["pushed", "unchanged"], run.Json.EnumerateArray().Select(entry => Text(entry, "status")));
        (await scene.RunAsync("project", "unregister", other)).Succeeds();
        Assert.Equal(["unchanged", "unchanged"], (await scene.RunAsync("sync", "--all-projects", "--format", "json")).Succeeds().Json.EnumerateArray().Select(entry => Text(entry, "status")));
    }

    [Fact]
    public async Task Bad_arguments_are_errors()
    {
        using var scene = await DeployedAsync();

        (await scene.RunAsync("sync", "-p", Project(scene), "--direction", "up")).Fails("'up' is not valid for --direction. Valid values: push, pull, both.", "InvalidArgument");
        (await scene.RunAsync("sync", "-p", Project(scene), "--strategy", "theirs")).Fails("merge, overwrite, fork, prompt", "InvalidArgument");
        (await scene.RunAsync("sync", "-p", Project(scene), "--strategy", "prompt")).Fails("no console", "InvalidArgument");
        (await scene.RunAsync("sync", "-p", Project(scene), "--strategy", "overwrite")).Fails("name the direction", "InvalidArgument");
        (await scene.RunAsync("sync", "-p", Project(scene), "b9")).Fails("'b9' is not deployed", "ArtifactNotFound");
        (await scene.RunAsync("sync", "-p", Path.Combine(Project(scene), "none"))).Fails("no folder", "ProjectNotFound");
        (await scene.RunAsync("sync")).Fails("Name a project", "InvalidArgument");
        (await scene.RunAsync("sync", "-p", Project(scene), "--resolve-with", "")).Fails("--resolve-with is empty", "InvalidArgument");
    }

    private static async Task<ArtifactScene> DeployedAsync()
    {
        var scene = new ArtifactScene().WithSkill("a", ArtifactScene.Numbers).WithSkill("b");
        (await scene.RunAsync("add", "auto", scene.Upstream("skills/a"), scene.Upstream("skills/b"))).Succeeds();
        Directory.CreateDirectory(Project(scene));
        (await scene.RunAsync("deploy", "--all", "--project", Project(scene))).Succeeds();
        return scene;
    }

    private static string Project(ArtifactScene scene) => Path.Combine(scene.Home.Place, "project");

    private static string Copy(ArtifactScene scene) => Path.Combine(Project(scene), ".claude", "skills", "a", "SKILL.md");

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();
}

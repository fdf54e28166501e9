using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm diff</c>, as scripts and people see it.</summary>
public sealed class DiffCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_differences_are_told_with_the_contracts_keys()
    {
        using var scene = await DeployedAsync();

        var run = (await scene.RunAsync("diff", "skill:a", "--project", Project(scene), "--between", "collection,project", "--format", "json")).Succeeds();

        Assert.Equal(["files", "artifact_id", "collection", "path", "from", "to"], run.Json.EnumerateObject().Select(property => property.Name));
        var file = Assert.Single(run.Json.GetProperty("files").EnumerateArray());
        Assert.Equal(["path", "change", "hunks", "note"], file.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("SKILL.md", "changed"), (Text(file, "path"), Text(file, "change")));
        var hunk = Assert.Single(file.GetProperty("hunks").EnumerateArray());
        Assert.Equal(["old_start", "old_count", "new_start", "new_count", "lines"], hunk.EnumerateObject().Select(property => property.Name));
        Assert.Equal((6, 7, 6, 7), (hunk.GetProperty("old_start").GetInt32(), hunk.GetProperty("old_count").GetInt32(), hunk.GetProperty("new_start").GetInt32(), hunk.GetProperty("new_count").GetInt32()));
        var added = hunk.GetProperty("lines").EnumerateArray().Single(line => Text(line, "kind") == "added");
        Assert.Equal(("mine", 9, JsonValueKind.Null), (Text(added, "text"), added.GetProperty("new_line").GetInt32(), added.GetProperty("old_line").ValueKind));
    }

    [Fact]
    public async Task People_read_a_unified_diff_in_colour_on_a_terminal()
    {
        using var scene = await DeployedAsync();

        var plain = (await scene.RunAsync("diff", "a", "--project", Project(scene))).Succeeds();
        var colour = (await scene.Home.RunAsync(new SkmSurroundings { IsOutputTerminal = true }, "diff", "a", "--project", Project(scene))).Succeeds();
        var noColour = (await scene.Home.RunAsync(new SkmSurroundings { IsOutputTerminal = true, Environment = new Dictionary<string, string?> { ["NO_COLOR"] = "1" } }, "diff", "a", "--project", Project(scene))).Succeeds();

        Assert.StartsWith("--- collection/SKILL.md\n+++ project/SKILL.md\n@@ -6,7 +6,7 @@\n line 2\n line 3\n line 4\n-line 5\n+mine\n line 6\n", plain.Output, StringComparison.Ordinal);
        Assert.Contains("\u001b[31m-line 5\u001b[0m\n\u001b[32m+mine\u001b[0m\n line 6\n", colour.Output, StringComparison.Ordinal);
        Assert.Equal(plain.Output, noColour.Output);
    }

    [Fact]
    public async Task Escapes_in_a_file_do_not_reach_the_terminal()
    {
        using var scene = await DeployedAsync();
        await File.AppendAllTextAsync(scene.Local("skills/a/SKILL.md"), "\u001b]0;title\u0007\u202Ehidden\r\n", Cancellation);

        var run = (await scene.Home.RunAsync(new SkmSurroundings { IsOutputTerminal = true }, "diff", "a")).Succeeds();

        Assert.DoesNotContain("\u001b]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_project_local_edits_are_shown()
    {
        using var scene = await DeployedAsync();
        Assert.Contains("skill:b is the same in base and collection.", (await scene.RunAsync("diff", "b")).Succeeds().Output, StringComparison.Ordinal);
        scene.Edit(scene.Local("skills/b/SKILL.md"), "About b", "Edited");
        scene.Edit(scene.Upstream("skills/b/SKILL.md"), "About b", "Newer");

        Assert.Contains("-description: About b\n+description: Edited\n", (await scene.RunAsync("diff", "b")).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("-description: Edited\n+description: Newer\n", (await scene.RunAsync("diff", "b", "--between", "collection,upstream")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_arguments_are_errors()
    {
        using var scene = await DeployedAsync();

        (await scene.RunAsync("diff", "a", "--between", "collection")).Fails("takes two sides", "InvalidArgument");
        (await scene.RunAsync("diff", "a", "--between", "collection,there")).Fails("'there' cannot be compared", "InvalidArgument");
        (await scene.RunAsync("diff", "a", "--between", "collection,project")).Fails("name the project", "InvalidArgument");
        (await scene.RunAsync("diff", "c")).Fails("'c'", "ArtifactNotFound");
        (await scene.RunAsync("diff", "a", "--between", "collection,snapshot:20200101-000000-000000")).Fails("SnapshotNotFound");
    }

    private static async Task<ArtifactScene> DeployedAsync()
    {
        var scene = new ArtifactScene().WithSkill("a", ArtifactScene.Numbers).WithSkill("b");
        (await scene.RunAsync("add", "auto", scene.Upstream("skills/a"), scene.Upstream("skills/b"))).Succeeds();
        Directory.CreateDirectory(Project(scene));
        (await scene.RunAsync("deploy", "--all", "--project", Project(scene))).Succeeds();
        scene.Edit(Path.Combine(Project(scene), ".claude", "skills", "a", "SKILL.md"), "line 5", "mine");
        return scene;
    }

    private static string Project(ArtifactScene scene) => Path.Combine(scene.Home.Place, "project");

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Restoring;
using SkillMeat.Snapshots;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Content that forced changes replaced in a project is listed and written back.</summary>
public sealed class RestoreTests
{
    private const string Skill = ".claude/skills/notes/SKILL.md";
    private const string Command = ".claude/commands/review.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_replaced_is_listed_and_written_back_and_what_it_replaces_is_kept_in_turn()
    {
        using var scene = await StartEditedAsync();
        var edited = await ReadAsync(scene);
        await scene.DeployAsync(scene.Request("notes", "review") with { Force = true });
        // A cleanup must not take what only the list of the project names.
        await new ObjectCleanup(scene.Store).CollectAsync(TimeSpan.FromSeconds(10), Cancellation);
        var forced = await ReadAsync(scene);
        Assert.NotEqual(edited, forced);
        var request = Request(scene);

        Assert.Equal(["command:review Kept", "skill:notes Kept"], Describe(Restorer(scene).List(request, Cancellation)));
        var tree = scene.Tree();
        Assert.Equal(["command:review Restored", "skill:notes Restored"], Describe(await Restorer(scene).RestoreAsync(request with { DryRun = true }, Cancellation)));
        Assert.Equal(tree, scene.Tree());
        Assert.Equal(["command:review Restored", "skill:notes Restored"], Describe(await Restorer(scene).RestoreAsync(request, Cancellation)));

        Assert.Equal(edited, await ReadAsync(scene));
        Assert.Equal(["command:review Unchanged", "skill:notes Unchanged"], Describe((await Restorer(scene).RestoreAsync(request with { ReplacedAt = Oldest(scene) }, Cancellation)).Where(one => one.Status == ReplacedCopyStatus.Unchanged)));
        Assert.Equal(["skill:notes Restored"], Describe(await Restorer(scene).RestoreAsync(request with { Names = [NamePattern.Simple("notes")], Force = true }, Cancellation)));
        Assert.Equal((forced.Skill, edited.Command), await ReadAsync(scene));
    }

    [Fact]
    public async Task An_edit_since_is_not_replaced_without_force_and_kept_with_it()
    {
        using var scene = await StartEditedAsync();
        await scene.DeployAsync(scene.Request("notes", "review") with { Force = true });
        await File.AppendAllTextAsync(scene.InProject(Skill), "a new edit\n", Cancellation);
        var tree = scene.Tree();
        var request = Request(scene) with { Names = [NamePattern.Simple("notes")] };

        Assert.Equal(["skill:notes Conflict"], Describe(await Restorer(scene).RestoreAsync(request, Cancellation)));
        Assert.Equal(tree, scene.Tree());
        Assert.Equal(["skill:notes Restored"], Describe(await Restorer(scene).RestoreAsync(request with { Force = true }, Cancellation)));

        Assert.EndsWith("my edit\n", await File.ReadAllTextAsync(scene.InProject(Skill), Cancellation), StringComparison.Ordinal);
        Assert.True(await KeptTexts.HaveAsync(scene, "a new edit\n"));
    }

    [Fact]
    public async Task What_a_forced_removal_took_away_comes_back_without_a_record()
    {
        using var scene = await StartEditedAsync();
        var edited = await ReadAsync(scene);
        await scene.Deployer.UndeployAsync(scene.Request() with { Force = true }, Cancellation);
        Assert.Empty(Directory.GetFileSystemEntries(scene.Project));

        var restored = await Restorer(scene).RestoreAsync(Request(scene), Cancellation);

        Assert.All(restored, one => Assert.Contains("No record names it", one.Reason, StringComparison.Ordinal));
        Assert.Equal(edited, await ReadAsync(scene));
    }

    [Fact]
    public async Task A_name_of_which_nothing_is_kept_and_a_held_lock_are_errors()
    {
        using var scene = await StartEditedAsync();
        Assert.Empty(Restorer(scene).List(Request(scene), Cancellation));
        Assert.Equal(ErrorIds.ArtifactNotFound, (await Assert.ThrowsAsync<DeploymentNotFoundException>(() => Restorer(scene).RestoreAsync(Request(scene) with { Names = [NamePattern.Simple("notes")] }, Cancellation))).ErrorId);
        Assert.Empty(await Restorer(scene).RestoreAsync(Request(scene), Cancellation));
    }

    private static ProjectRestorer Restorer(ProjectScene scene) => new(scene.Store, scene.Environment);

    private static RestoreCopiesRequest Request(ProjectScene scene) => new() { Projects = [scene.Project] };

    private static DateTimeOffset Oldest(ProjectScene scene) => Restorer(scene).List(Request(scene), Cancellation).Min(one => one.ReplacedAt);

    private static List<string> Describe(IEnumerable<ReplacedCopy> copies) => [.. copies.Select(one => $"{one.ArtifactId} {one.Status}").Order(StringComparer.Ordinal)];

    private static async Task<(string Skill, string Command)> ReadAsync(ProjectScene scene) =>
        (await File.ReadAllTextAsync(scene.InProject(Skill), Cancellation), await File.ReadAllTextAsync(scene.InProject(Command), Cancellation));

    private static async Task<ProjectScene> StartEditedAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "review"));
        await File.AppendAllTextAsync(scene.InProject(Skill), "my edit\n", Cancellation);
        await File.AppendAllTextAsync(scene.InProject(Command), "my edit\r\n", Cancellation);
        return scene;
    }
}

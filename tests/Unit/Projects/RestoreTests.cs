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
    public async Task Replaced_files_are_listed_and_written_back_and_the_files_in_their_place_are_kept_in_turn()
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
    public async Task Files_that_a_forced_removal_took_away_come_back_without_a_record()
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
    public async Task A_name_of_which_nothing_is_kept_is_an_error()
    {
        using var scene = await StartEditedAsync();
        Assert.Empty(Restorer(scene).List(Request(scene), Cancellation));
        Assert.Equal(ErrorIds.ArtifactNotFound, (await Assert.ThrowsAsync<DeploymentNotFoundException>(() => Restorer(scene).RestoreAsync(Request(scene) with { Names = [NamePattern.Simple("notes")] }, Cancellation))).ErrorId);
        Assert.Empty(await Restorer(scene).RestoreAsync(Request(scene), Cancellation));
    }

    [Fact]
    public async Task A_held_lock_is_an_error_and_nothing_is_changed()
    {
        using var scene = await StartEditedAsync();
        await scene.DeployAsync(scene.Request("notes", "review") with { Force = true });
        var tree = scene.Tree();
        using (await scene.Store.Storage.LockAsync([], [scene.Project], TimeSpan.FromSeconds(10), Cancellation))
        {
            await Assert.ThrowsAsync<LockTimeoutException>(() => Restorer(scene).RestoreAsync(Request(scene) with { LockTimeout = TimeSpan.FromMilliseconds(200) }, Cancellation));
        }

        Assert.Equal(tree, scene.Tree());
        Assert.All(await Restorer(scene).RestoreAsync(Request(scene), Cancellation), one => Assert.Equal(ReplacedCopyStatus.Restored, one.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copies_of_the_user_are_restored_wherever_they_are(bool isElsewhere)
    {
        using var scene = await ProjectScene.StartAsync();
        var folder = Path.Combine(scene.Place, "claude");
        if (isElsewhere)
        {
            Directory.CreateDirectory(folder);
            scene.Variables["CLAUDE_CONFIG_DIR"] = folder;
        }

        var path = isElsewhere ? Path.Combine(folder, "commands", "review.md") : Path.Combine(scene.User, Command);
        var request = scene.Request("review") with { Projects = [], IncludeUser = true };
        await scene.DeployAsync(request);
        await File.AppendAllTextAsync(path, "my edit\n", Cancellation);
        await scene.DeployAsync(request with { Force = true });

        Assert.Equal(["command:review Kept"], Describe(Restorer(scene).List(new RestoreCopiesRequest { IncludeUser = true }, Cancellation)));
        Assert.Equal(["command:review Restored"], Describe(await Restorer(scene).RestoreAsync(new RestoreCopiesRequest { IncludeUser = true }, Cancellation)));
        Assert.EndsWith("my edit\n", await File.ReadAllTextAsync(path, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contents_with_the_same_hash_are_both_kept_and_the_oldest_of_too_many_is_named()
    {
        using var scene = await StartEditedAsync();
        var request = scene.Request("notes") with { Force = true };
        var file = scene.InProject(".claude/skills/notes/note");
        await scene.DeployAsync(request);
        // The hash of a folder does not tell two files from one that has the name of the other in its text.
        foreach (var isTwo in (bool[])[true, false])
        {
            await File.WriteAllTextAsync(file, isTwo ? "a" : "anotesb", Cancellation);
            if (isTwo) await File.WriteAllTextAsync(file + "s", "b", Cancellation);
            await scene.DeployAsync(request);
        }

        var copies = Restorer(scene).List(Request(scene) with { Names = [NamePattern.Simple("notes")] }, Cancellation);
        Assert.Equal(3, copies.Count);

        for (var version = 4; version <= 20; version++) Assert.DoesNotContain("takes the place", await EditAsync(version), StringComparison.Ordinal);
        Assert.Contains("takes the place of the oldest of the 20", await EditAsync(21), StringComparison.Ordinal);

        async Task<string> EditAsync(int version)
        {
            await File.WriteAllTextAsync(scene.InProject(Skill), $"version {version}\n", Cancellation);
            return Assert.Single(await scene.Deployer.DeployAsync(request, Cancellation)).Reason!;
        }
    }

    [Fact]
    public async Task A_path_chooses_one_of_several_copies_of_an_artifact()
    {
        using var scene = await ProjectScene.StartAsync();
        var request = scene.Request("notes") with { Profiles = ["claude_code", "codex"] };
        var deployed = await scene.Deployer.DeployAsync(request, Cancellation);
        Assert.Equal(2, deployed.Count);
        foreach (var one in deployed) await File.AppendAllTextAsync(Path.Combine(one.Path!, "SKILL.md"), "my edit\n", Cancellation);
        await scene.DeployAsync(request with { Force = true });

        var restored = await Restorer(scene).RestoreAsync(Request(scene) with { Paths = [deployed[1].Path!] }, Cancellation);

        Assert.Equal((deployed[1].Path, ReplacedCopyStatus.Restored), (Assert.Single(restored).Path, restored[0].Status));
        Assert.DoesNotContain("my edit", await File.ReadAllTextAsync(Path.Combine(deployed[0].Path!, "SKILL.md"), Cancellation), StringComparison.Ordinal);
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

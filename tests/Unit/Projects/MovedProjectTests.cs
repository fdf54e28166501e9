using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Projects;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Restoring;
using SkillMeat.Projects.Syncing;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A project that was renamed, moved or copied after artifacts were deployed to it.</summary>
public sealed class MovedProjectTests
{
    private const string Skill = ".claude/skills/notes/SKILL.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bases_and_activations_are_found_again(bool isReadFirst)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        var moved = Move(scene, scene.Project, "renamed");
        var request = scene.Request() with { Projects = [moved] };
        if (isReadFirst)
        {
            Assert.All(DriftOf(scene, moved), state => Assert.Equal(DriftState.InSync, state));
            Assert.All(await scene.Deployer.DeployAsync(request with { Activate = true }, Cancellation), one => Assert.Equal(DeployStatus.Unchanged, one.Status));
        }

        // Both sides change another line, so only a base can merge them.
        await ReplaceAsync(Path.Combine(moved, Skill), "First line", "first in the project");
        await ReplaceAsync(scene.InCollection("skills/notes/SKILL.md"), "Second line\n", "Second line\nthird in the collection\n");
        var synced = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [moved], Names = [NamePattern.Simple("notes")] }, Cancellation);
        Assert.Equal(SyncStatus.Merged, Assert.Single(synced.Entries).Status);
        Assert.All(DriftOf(scene, moved), state => Assert.Equal(DriftState.InSync, state));

        await File.WriteAllTextAsync(Path.Combine(moved, ".claude/skills/notes/mine.md"), "mine", Cancellation);
        var removed = await scene.Deployer.UndeployAsync(request, Cancellation);
        Assert.All(removed, one => Assert.Equal(DeployStatus.Removed, one.Status));
        Assert.Equal([Path.Combine(moved, ".claude/skills/notes/mine.md")], Directory.GetFiles(moved, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
        Assert.Empty(Directory.GetFiles(Path.Combine(scene.Store.Home, "activations")));
    }

    [Fact]
    public async Task A_project_that_was_moved_back_is_found_again()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        var moved = Move(scene, scene.Project, "renamed");
        await File.AppendAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), "newer\n", Cancellation);
        await scene.DeployAsync(scene.Request() with { Projects = [moved], Activate = true });
        Move(scene, moved, "project");
        await ReplaceAsync(scene.InProject(Skill), "First line", "first in the project");
        await ReplaceAsync(scene.InCollection("skills/notes/SKILL.md"), "newer\n", "newer\nnewest\n");

        var synced = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")] }, Cancellation);

        Assert.Equal(SyncStatus.Merged, Assert.Single(synced.Entries).Status);
        Assert.All(await scene.Deployer.UndeployAsync(scene.Request(), Cancellation), one => Assert.Equal((DeployStatus.Removed, null), (one.Status, one.Reason)));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Project));
    }

    [Fact]
    public async Task Files_that_were_replaced_before_the_move_are_kept_for_the_project_and_the_objects_stay()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        await File.AppendAllTextAsync(scene.InProject(Skill), "my edit\n", Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Force = true });
        var moved = Move(scene, scene.Project, "renamed");

        await scene.DeployAsync(scene.Request("review") with { Projects = [moved] });

        var path = KeptContentList.PathOf(scene.Store.Home, moved);
        var list = KeptContentList.Parse(await File.ReadAllBytesAsync(path, Cancellation), path, moved);
        Assert.Equal(Path.Combine(moved, ".claude", "skills", "notes"), Assert.Single(list.All, one => one.ReplacedAt is not null).Path);
    }

    [Fact]
    public async Task A_copied_project_is_another_one()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        await File.AppendAllTextAsync(scene.InProject(Skill), "my edit\n", Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Force = true });
        var copy = Path.Combine(scene.Place, "copy");
        CopyFolder(scene.Project, copy);
        var before = (scene.Tree(), ProjectScene.TreeOf(Path.Combine(scene.Store.Home, "activations")));

        await ReplaceAsync(Path.Combine(copy, Skill), "First line", "first in the copy");
        await ReplaceAsync(scene.InCollection("skills/notes/SKILL.md"), "Second line\n", "Second line\nthird in the collection\n");
        var synced = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [copy], Names = [NamePattern.Simple("notes")] }, Cancellation);
        Assert.Equal(SyncStatus.Merged, Assert.Single(synced.Entries).Status);
        Assert.All(await scene.Deployer.UndeployAsync(scene.Request() with { Projects = [copy] }, Cancellation), one => Assert.Equal(DeployStatus.Removed, one.Status));

        Assert.Equal(before, (scene.Tree(), ProjectScene.TreeOf(Path.Combine(scene.Store.Home, "activations"))));
        Assert.True(await KeptTexts.HaveAsync(scene, "my edit\n"));
        Assert.All(await scene.Deployer.UndeployAsync(scene.Request(), Cancellation), one => Assert.Equal((DeployStatus.Removed, null), (one.Status, one.Reason)));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Project));
    }

    [Fact]
    public async Task A_clone_of_a_project_that_is_not_mounted_takes_nothing_of_it()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        await File.AppendAllTextAsync(scene.InProject(Skill), "my private edit\n", Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Force = true });
        var clone = Path.Combine(scene.Place, "clone");
        CopyFolder(scene.Project, clone);
        var elsewhere = Move(scene, scene.Project, "not-mounted");
        var request = scene.Request() with { Projects = [clone] };

        Assert.Empty(new ProjectRestorer(scene.Store, scene.Environment).List(new RestoreCopiesRequest { Projects = [clone] }, Cancellation));
        await File.AppendAllTextAsync(scene.InCollection("hooks/guard/check.sh"), "exit 1\n", Cancellation);
        await scene.DeployAsync(request with { Activate = true });
        Assert.Empty(new ProjectRestorer(scene.Store, scene.Environment).List(new RestoreCopiesRequest { Projects = [clone] }, Cancellation));
        await scene.Deployer.UndeployAsync(request, Cancellation);
        Move(scene, elsewhere, "project");

        Assert.Single(new ProjectRestorer(scene.Store, scene.Environment).List(new RestoreCopiesRequest { Projects = [scene.Project] }, Cancellation));
        Assert.All(await scene.Deployer.UndeployAsync(scene.Request(), Cancellation), one => Assert.Equal((DeployStatus.Removed, null), (one.Status, one.Reason)));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Project));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Activations_follow_a_project_that_got_a_new_deployment_and_moved_again(bool isOldPlaceTaken)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("guard", "files") with { Activate = true });
        var moved = Move(scene, scene.Project, "renamed");
        await scene.DeployAsync(scene.Request("review") with { Projects = [moved] });
        if (isOldPlaceTaken) Directory.CreateDirectory(scene.Project);
        var again = Move(scene, moved, "again");
        await scene.DeployAsync(scene.Request("notes") with { Projects = [again] });

        Assert.All(await scene.Deployer.UndeployAsync(scene.Request() with { Projects = [again] }, Cancellation), one => Assert.Equal((DeployStatus.Removed, null), (one.Status, one.Reason)));

        Assert.Empty(Directory.GetFileSystemEntries(again));
        Assert.Empty(Directory.GetFiles(Path.Combine(scene.Store.Home, "activations")));
    }

    [Fact]
    public async Task The_base_of_a_copied_project_is_found_behind_four_of_its_own()
    {
        using var scene = await ProjectScene.StartAsync();
        var copy = Path.Combine(scene.Place, "copy");
        Directory.CreateDirectory(copy);
        var inCopy = scene.Request("notes") with { Projects = [copy] };
        for (var version = 0; version < 5; version++)
        {
            await File.AppendAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), $"version {version}\n", Cancellation);
            await scene.DeployAsync(inCopy);
        }

        await ReplaceAsync(scene.InCollection("skills/notes/SKILL.md"), "version 4\n", "version 4\nversion 5\n");
        await scene.DeployAsync(scene.Request("notes"));
        Directory.Delete(copy, recursive: true);
        CopyFolder(scene.Project, copy);
        await ReplaceAsync(scene.InCollection("skills/notes/SKILL.md"), "version 4\nversion 5\n", "version 5\n");

        Assert.Equal(["skill:notes claude_code Updated"], await scene.DeployAsync(inCopy));
    }

    [Fact]
    public async Task Files_that_were_replaced_at_another_place_are_kept_after_the_project_was_moved_back()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        var moved = Move(scene, scene.Project, "renamed");
        await File.AppendAllTextAsync(Path.Combine(moved, Skill), "my edit\n", Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Projects = [moved], Force = true });
        Move(scene, moved, "project");

        var restored = await new ProjectRestorer(scene.Store, scene.Environment).RestoreAsync(new RestoreCopiesRequest { Projects = [scene.Project] }, Cancellation);

        Assert.Equal(ReplacedCopyStatus.Restored, Assert.Single(restored).Status);
        Assert.EndsWith("my edit\n", await File.ReadAllTextAsync(scene.InProject(Skill), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lists_of_other_projects_are_read_once_for_all_projects_of_a_plan()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        var copies = new[] { "one", "two" }.Select(name => Path.Combine(scene.Place, name)).ToList();
        foreach (var copy in copies) CopyFolder(scene.Project, copy);
        var memory = new ProjectMemory(scene.Store, Cancellation);

        Assert.Single(memory.Read(new ProjectSite(copies[0])).List.All);
        File.Delete(KeptContentList.PathOf(scene.Store.Home, scene.Project));

        Assert.Single(memory.Read(new ProjectSite(copies[1])).List.All);
        Assert.Empty(new ProjectMemory(scene.Store, Cancellation).Read(new ProjectSite(copies[1])).List.All);
    }

    private static List<DriftState> DriftOf(ProjectScene scene, string project) =>
        [.. new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [project], IncludeInSync = true }, Cancellation).Artifacts.Select(one => one.State)];

    private static string Move(ProjectScene scene, string from, string to)
    {
        var target = Path.Combine(scene.Place, to);
        Directory.Move(from, target);
        return target;
    }

    private static async Task ReplaceAsync(string path, string old, string text)
    {
        var before = await File.ReadAllTextAsync(path, Cancellation);
        Assert.Contains(old, before, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, before.Replace(old, text, StringComparison.Ordinal), Cancellation);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from)) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}

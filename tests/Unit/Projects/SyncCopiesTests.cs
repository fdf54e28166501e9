using SkillMeat.Collections;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using Xunit;

using static SkillMeat.Tests.Projects.SyncedProject;

namespace SkillMeat.Tests.Projects;

/// <summary>Several copies of an artifact, and copies of other homes and programs, are synchronized.</summary>
public sealed class SyncCopiesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_copies_of_one_artifact_end_with_the_edits_of_both()
    {
        using var scene = await DeployedAsync();
        var second = Directory.CreateDirectory(Path.Combine(scene.Place, "second")).FullName;
        await scene.DeployAsync(scene.Request("skill:notes", "review") with { Projects = [second] });
        Edit(scene.InProject(Copy), "Second line", "from the first project");
        Edit(Path.Combine(second, Copy), "name: notes", "name: notes\nlicense: MIT");
        await File.AppendAllTextAsync(Path.Combine(second, ".claude/commands/review.md"), "second\n", Cancellation);
        var request = new SyncRequest { Projects = [scene.Project, second], Names = [NamePattern.Simple("notes"), NamePattern.Simple("review")] };

        var entries = await SyncAsync(scene, request);

        Assert.Equal([SyncStatus.Pushed, SyncStatus.Pulled, SyncStatus.Merged, SyncStatus.Pushed], entries.Select(entry => entry.Status));
        var text = await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation);
        Assert.Equal("---\nname: notes\nlicense: MIT\ndescription: Takes notes\n---\nFirst line\nfrom the first project\n", text);
        Assert.Equal([text, text], new[] { scene.InProject(Copy), Path.Combine(second, Copy) }.Select(File.ReadAllText));
        var drift = new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = request.Projects }, Cancellation);
        Assert.Empty(drift.Artifacts);
    }

    [Fact]
    public async Task Two_copies_that_overwrite_one_artifact_are_a_conflict()
    {
        using var scene = await DeployedAsync();
        var second = Directory.CreateDirectory(Path.Combine(scene.Place, "second")).FullName;
        await scene.DeployAsync(scene.Request("skill:notes") with { Projects = [second] });
        Edit(scene.InProject(Copy), "Second line", "one");
        Edit(Path.Combine(second, Copy), "Second line", "two");

        var entries = await SyncAsync(scene, new SyncRequest { Projects = [scene.Project, second], Names = [NamePattern.Simple("notes")], Direction = SyncDirection.Push, Strategy = SyncStrategy.Overwrite });

        Assert.Equal([SyncStatus.Pushed, SyncStatus.Conflict], entries.Select(entry => entry.Status));
        Assert.EndsWith("two\n", await File.ReadAllTextAsync(Path.Combine(second, Copy), Cancellation), StringComparison.Ordinal);
        Assert.EndsWith("one\n", await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_own_folders_are_synchronized_too()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("skill:notes") with { Projects = [], IncludeUser = true });
        var copy = Path.Combine(scene.User, Copy);
        await File.AppendAllTextAsync(copy, "mine\n", Cancellation);

        Assert.Equal(SyncStatus.Pushed, Assert.Single(await SyncAsync(scene, new SyncRequest { IncludeUser = true })).Status);
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_artifact_has_its_content_in_the_lock_file()
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], Strategy = SyncStrategy.Fork });
        Edit(scene.InProject(".claude/skills/notes-fork/SKILL.md"), "mine", "again");

        Assert.Equal(SyncStatus.Pushed, Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes-fork")).Status);

        Assert.Equal(SkillMeat.Storage.Files.ContentHash.Of(scene.InCollection("skills/notes-fork")), scene.Store.Read().Find("notes-fork").ContentHash);
    }

    [Fact]
    public async Task Records_of_two_profiles_that_share_a_folder_name_one_copy()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("skill:notes") with { Profiles = ["claude", "codex"] });
        Directory.Delete(scene.InProject(".agents/skills"), recursive: true);
        Directory.CreateSymbolicLink(scene.InProject(".agents/skills"), Path.Combine("..", ".claude", "skills"));
        await File.AppendAllTextAsync(scene.InProject(Copy), "mine\n", Cancellation);
        await File.WriteAllTextAsync(scene.InCollection("skills/notes/more.md"), "more\n", Cancellation);

        var entries = await SyncAsync(scene, SyncDirection.Both);

        Assert.Equal(["claude_code Merged", "codex Merged"], entries.Select(entry => $"{entry.Profile} {entry.Status}").Order(StringComparer.Ordinal));
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
    }

    [Theory]
    [InlineData(true, false, SyncDirection.Both, SyncStatus.Pushed)]
    [InlineData(false, true, SyncDirection.Both, SyncStatus.Pulled)]
    [InlineData(true, true, SyncDirection.Both, SyncStatus.Merged)]
    public async Task A_project_that_Python_SkillMeat_deployed_is_merged_from_what_was_fetched(bool isEdited, bool hasMovedOn, SyncDirection direction, SyncStatus status)
    {
        using var scene = await DeployedAsync();
        Directory.Delete(Path.Combine(scene.Store.Home, "deployments"), recursive: true);
        if (isEdited) Edit(scene.InProject(Copy), "Second line", "mine");
        if (hasMovedOn) Edit(scene.InCollection(Original), "name: notes", "name: notes\nlicense: MIT");

        Assert.Equal(status, Assert.Single(await SyncAsync(scene, direction, "notes")).Status);
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:notes claude_code"]);
    }

    [Theory]
    [InlineData(false, SyncDirection.Both, SyncStatus.Conflict)]
    [InlineData(false, SyncDirection.Pull, SyncStatus.Pulled)]
    [InlineData(false, SyncDirection.Push, SyncStatus.Skipped)]
    [InlineData(true, SyncDirection.Pull, SyncStatus.Conflict)]
    public async Task A_base_that_is_not_known_is_not_guessed(bool isEdited, SyncDirection direction, SyncStatus status)
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "of another home");
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        var hash = scene.Store.Read().Find("notes").ContentHash!;
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace(hash, SkillMeat.Storage.Files.ContentHash.Of(scene.InProject(".claude/skills/notes")), StringComparison.Ordinal), Cancellation);
        Directory.Delete(Path.Combine(scene.Store.Home, "deployments"), recursive: true);
        if (isEdited) Edit(scene.InProject(Copy), "First line", "edited");
        var before = await File.ReadAllTextAsync(scene.InProject(Copy), Cancellation);

        Assert.Equal(status, Assert.Single(await SyncAsync(scene, direction, "notes")).Status);

        Assert.Equal(status != SyncStatus.Pulled, before == await File.ReadAllTextAsync(scene.InProject(Copy), Cancellation));
        if (status != SyncStatus.Conflict) return;
        var resolve = new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], Direction = direction, ResolveWith = SyncResolution.Project };
        Assert.Equal(SyncStatus.Pushed, Assert.Single(await SyncAsync(scene, resolve)).Status);
    }
}

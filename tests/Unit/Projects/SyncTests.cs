using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using SkillMeat.Snapshots;
using Xunit;

using static SkillMeat.Tests.Projects.SyncedProject;

namespace SkillMeat.Tests.Projects;

/// <summary>Edits of a project and changes of the collection come to each other, and both are merged.</summary>
public sealed class SyncTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SyncDirection.Push, SyncStatus.Pushed, true)]
    [InlineData(SyncDirection.Both, SyncStatus.Pushed, true)]
    [InlineData(SyncDirection.Pull, SyncStatus.Skipped, false)]
    public async Task An_edit_in_the_project_goes_to_the_collection(SyncDirection direction, SyncStatus status, bool comes)
    {
        using var scene = await DeployedAsync();
        await File.AppendAllTextAsync(scene.InProject(Copy), "mine\n", Cancellation);
        await File.WriteAllTextAsync(scene.InProject(".claude/skills/notes/new.md"), "new\n", Cancellation);
        var before = scene.Tree();
        var lockBefore = await File.ReadAllTextAsync(scene.InCollection("collection.lock"), Cancellation);

        var entry = Assert.Single(await SyncAsync(scene, direction, "notes"));

        Assert.Equal(status, entry.Status);
        Assert.Equal(comes, (await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation)).EndsWith("mine\n", StringComparison.Ordinal));
        Assert.Equal(comes, File.Exists(scene.InCollection("skills/notes/new.md")));
        Assert.Equal(comes ? DriftState.InSync : DriftState.Modified, scene.Drift()["skill:notes claude_code"]);
        if (!comes) Assert.Equal(before, scene.Tree());
        if (!comes) return;
        Assert.Equal(2, entry.FilesChanged);
        Assert.Empty(entry.ProjectFiles);
        Assert.Equal("pre-sync", new CollectionSnapshots(scene.Store).List(null).Snapshots.Single(one => one.SnapshotId == entry.SnapshotId).Kind);
        // It says what was fetched from upstream, the base of the next update.
        Assert.Equal(lockBefore, await File.ReadAllTextAsync(scene.InCollection("collection.lock"), Cancellation));
        Assert.Equal(SyncStatus.Unchanged, Assert.Single(await SyncAsync(scene, direction, "notes")).Status);
    }

    [Theory]
    [InlineData(SyncDirection.Pull, SyncStatus.Pulled)]
    [InlineData(SyncDirection.Both, SyncStatus.Pulled)]
    [InlineData(SyncDirection.Push, SyncStatus.Skipped)]
    public async Task A_change_of_the_collection_comes_to_the_project(SyncDirection direction, SyncStatus status)
    {
        foreach (var (id, path) in new[] { ("skill:notes", Original), ("command:review", "commands/review.md"), ("mcp:files", "mcp/files/.mcp.json") })
        {
            using var scene = await DeployedAsync();
            await File.AppendAllTextAsync(scene.InCollection(path), "\n", Cancellation);

            var entry = Assert.Single(await SyncAsync(scene, direction, id));

            Assert.Equal((status, (string?)null), (entry.Status, entry.SnapshotId));
            Assert.Equal(status == SyncStatus.Pulled ? DriftState.InSync : DriftState.Outdated, scene.Drift()[$"{id} claude_code"]);
            Assert.Empty(new CollectionSnapshots(scene.Store).List(null).Snapshots);
        }
    }

    [Theory]
    [InlineData(SyncDirection.Push)]
    [InlineData(SyncDirection.Pull)]
    [InlineData(SyncDirection.Both)]
    public async Task Edits_of_both_sides_are_merged_and_land_on_both(SyncDirection direction)
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "name: notes", "name: notes\nlicense: MIT");
        Edit(scene.InCollection(Original), "Second line", "second in the collection");
        await File.WriteAllTextAsync(scene.InCollection("skills/notes/more.md"), "more\n", Cancellation);
        File.Delete(scene.InProject(".claude/skills/notes/templates/a.md"));

        var entry = Assert.Single(await SyncAsync(scene, direction, "notes"));

        Assert.Equal(SyncStatus.Merged, entry.Status);
        var text = await File.ReadAllTextAsync(scene.InProject(Copy), Cancellation);
        Assert.Equal("---\nname: notes\nlicense: MIT\ndescription: Takes notes\n---\nFirst line\nsecond in the collection\n", text);
        Assert.Equal(text, await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation));
        Assert.True(File.Exists(scene.InProject(".claude/skills/notes/more.md")));
        Assert.False(File.Exists(scene.InCollection("skills/notes/templates/a.md")));
        Assert.Equal(["SKILL.md (changed)", "more.md (added)"], entry.ProjectFiles.Select(file => file.ToString()));
        Assert.Equal(["SKILL.md (changed)", "templates/a.md (deleted)"], entry.CollectionFiles.Select(file => file.ToString()));
        Assert.Equal(DriftState.InSync, scene.Drift(isFull: true)["skill:notes claude_code"]);
        Assert.Equal("MIT", scene.Store.Read().Find("notes").License);
        Assert.Empty(Directory.GetFiles(scene.Place, ".skm-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_conflict_changes_nobodys_files_and_can_be_resolved()
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Edit(scene.InCollection(Original), "Second line", "theirs");
        Edit(scene.InCollection(Original), "name: notes", "name: notes\nlicense: MIT");
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "other\n", Cancellation);
        var (project, collection) = (await File.ReadAllBytesAsync(scene.InProject(Copy), Cancellation), await File.ReadAllBytesAsync(scene.InCollection(Original), Cancellation));

        var entries = await SyncAsync(scene, SyncDirection.Both);

        var conflict = entries.Single(entry => entry.ArtifactId == "skill:notes");
        Assert.Equal(SyncStatus.Conflict, conflict.Status);
        Assert.Equal(("SKILL.md", "line 6"), (Assert.Single(conflict.Conflicts).Path, conflict.Conflicts[0].Lines[0].Local.ToString()));
        Assert.Equal(SyncStatus.Pushed, entries.Single(entry => entry.ArtifactId == "command:review").Status);
        Assert.Equal(project, await File.ReadAllBytesAsync(scene.InProject(Copy), Cancellation));
        Assert.Equal(collection, await File.ReadAllBytesAsync(scene.InCollection(Original), Cancellation));
        Assert.Equal(DriftState.Conflict, scene.Drift()["skill:notes claude_code"]);

        var resolved = await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], ResolveWith = SyncResolution.Project });

        Assert.Equal(SyncStatus.Merged, Assert.Single(resolved).Status);
        Assert.Equal("---\nname: notes\nlicense: MIT\ndescription: Takes notes\n---\nFirst line\nmine\n", await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation));
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:notes claude_code"]);
    }

    [Fact]
    public async Task A_conflict_can_be_resolved_with_a_folder()
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Edit(scene.InCollection(Original), "Second line", "theirs");
        var merged = Directory.CreateDirectory(Path.Combine(scene.Place, "merged")).FullName;
        await File.WriteAllTextAsync(Path.Combine(merged, "SKILL.md"), "---\nname: notes\n---\nby hand\n", Cancellation);
        var request = new SyncRequest { Projects = [scene.Project], ResolveWith = SyncResolution.Parse(merged, scene.Place) };

        Assert.Contains("one artifact", (await Assert.ThrowsAsync<SkillMeatException>(() => SyncAsync(scene, request))).Message, StringComparison.Ordinal);
        Assert.Equal(SyncStatus.Merged, Assert.Single(await SyncAsync(scene, request with { Names = [NamePattern.Simple("notes")] })).Status);

        Assert.Equal(["SKILL.md"], Directory.GetFileSystemEntries(scene.InCollection("skills/notes")).Select(Path.GetFileName));
        Assert.EndsWith("by hand\n", await File.ReadAllTextAsync(scene.InProject(Copy), Cancellation), StringComparison.Ordinal);
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:notes claude_code"]);
    }

    [Theory]
    [InlineData(SyncDirection.Push, SyncStatus.Pushed, "mine")]
    [InlineData(SyncDirection.Pull, SyncStatus.Pulled, "theirs")]
    public async Task Overwriting_takes_the_side_of_the_direction(SyncDirection direction, SyncStatus status, string text)
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Edit(scene.InCollection(Original), "Second line", "theirs");
        var request = new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], Direction = direction, Strategy = SyncStrategy.Overwrite };

        Assert.Equal(status, Assert.Single(await SyncAsync(scene, request)).Status);

        Assert.EndsWith($"{text}\n", await File.ReadAllTextAsync(scene.InProject(Copy), Cancellation), StringComparison.Ordinal);
        Assert.EndsWith($"{text}\n", await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation), StringComparison.Ordinal);
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:notes claude_code"]);
        if (direction == SyncDirection.Pull) Assert.Contains("replaced_at", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(scene.Store.Home, "deployments"))), Cancellation), StringComparison.Ordinal);
        else Assert.Equal("pre-sync", Assert.Single(new CollectionSnapshots(scene.Store).List(null).Snapshots).Kind);
        Assert.Contains("direction", (await Assert.ThrowsAsync<SkillMeatException>(() => SyncAsync(scene, request with { Direction = SyncDirection.Both }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_is_a_real_artifact_and_the_copy_its_deployment()
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Edit(scene.InCollection(Original), "Second line", "theirs");
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "other\n", Cancellation);

        var entries = await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Strategy = SyncStrategy.Fork });

        Assert.Equal(["skill:notes-fork", "command:review-fork"], entries.Where(entry => entry.Status == SyncStatus.Forked).Select(entry => entry.ForkedAs));
        var fork = scene.Store.Read().Find("notes-fork");
        Assert.Equal(("local", (string?)null, "Takes notes"), (fork.Origin, fork.Upstream, fork.Description));
        Assert.NotNull(fork.ContentHash);
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(scene.InCollection("skills/notes-fork/SKILL.md"), Cancellation), StringComparison.Ordinal);
        Assert.EndsWith("theirs\n", await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation), StringComparison.Ordinal);
        Assert.EndsWith("other\n", await File.ReadAllTextAsync(scene.InCollection("commands/review-fork.md"), Cancellation), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.InProject(".claude/skills/notes")));
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(scene.InProject(".claude/skills/notes-fork/SKILL.md"), Cancellation), StringComparison.Ordinal);
        var drift = scene.Drift();
        Assert.Equal((DriftState.InSync, DriftState.InSync), (drift["skill:notes-fork claude_code"], drift["command:review-fork claude_code"]));
        Assert.All(drift.Values, state => Assert.Equal(DriftState.InSync, state));
        Assert.DoesNotContain("skill:notes claude_code", drift.Keys);
        Assert.Equal(["skill:notes claude_code Deployed"], await scene.DeployAsync(scene.Request("skill:notes")));
    }

    [Fact]
    public async Task A_fork_gets_the_given_name_or_one_that_is_free()
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Directory.CreateDirectory(scene.InCollection("skills/notes-fork"));
        Directory.CreateDirectory(scene.InProject(".claude/skills/notes-fork-2"));
        var request = new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], Strategy = SyncStrategy.Fork };

        Assert.Equal((SyncStatus.Error, ErrorIds.InvalidArgument), Assert.Single(await SyncAsync(scene, request with { ForkName = "notes-fork" })) is var refused ? (refused.Status, refused.ErrorId) : default);
        Assert.Equal(SyncStatus.Error, Assert.Single(await SyncAsync(scene, request with { ForkName = "../up" })).Status);
        Assert.Equal("skill:notes-fork-3", Assert.Single(await SyncAsync(scene, request)).ForkedAs);
        Edit(scene.InProject(".claude/skills/notes-fork-3/SKILL.md"), "mine", "mine again");
        Assert.Equal("skill:own", Assert.Single(await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes-fork-3")], Strategy = SyncStrategy.Fork, ForkName = "own" })).ForkedAs);
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:own claude_code"]);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Edit(scene.InCollection(Original), "name: notes", "name: notes\nlicense: MIT");
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "other\n", Cancellation);
        var (project, home) = (scene.Tree(), HomeTree(scene));

        var planned = await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], DryRun = true });

        Assert.Equal((project, home), (scene.Tree(), HomeTree(scene)));
        Assert.All(planned, entry => Assert.True(entry.DryRun));
        var done = await SyncAsync(scene, new SyncRequest { Projects = [scene.Project] });
        Assert.Equal(planned.Select(Describe), done.Select(Describe));

        static string Describe(SyncEntry entry) => $"{entry.ArtifactId} {entry.Status} {string.Join(",", entry.ProjectFiles)} {string.Join(",", entry.CollectionFiles)}";
    }

    [Fact]
    public async Task Files_deleted_on_one_side_and_edited_on_the_other_are_a_conflict()
    {
        using var scene = await DeployedAsync();
        File.Delete(scene.InProject(".claude/skills/notes/templates/a.md"));
        await File.AppendAllTextAsync(scene.InCollection("skills/notes/templates/a.md"), "more\n", Cancellation);

        var entry = Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes"));

        Assert.Equal((SyncStatus.Conflict, "templates/a.md: It was deleted in the project, and changed or renamed in the collection."), (entry.Status, entry.Reason));
        Assert.False(File.Exists(scene.InProject(".claude/skills/notes/templates/a.md")));
    }

    [Fact]
    public async Task Binary_files_that_both_sides_changed_are_a_conflict()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllBytesAsync(scene.InCollection("skills/notes/image"), [1, 0, 2], Cancellation);
        await scene.DeployAsync(scene.Request());
        await File.WriteAllBytesAsync(scene.InCollection("skills/notes/image"), [1, 0, 3], Cancellation);
        await File.WriteAllBytesAsync(scene.InProject(".claude/skills/notes/image"), [1, 0, 4], Cancellation);

        Assert.Equal((SyncStatus.Conflict, SkillMeat.Merging.ConflictKind.Binary), Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes")) is var entry ? (entry.Status, entry.Conflicts[0].Kind) : default);
        Assert.Equal(SyncStatus.Pulled, Assert.Single(await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], ResolveWith = SyncResolution.Collection })).Status);
        Assert.Equal([1, 0, 3], await File.ReadAllBytesAsync(scene.InProject(".claude/skills/notes/image"), Cancellation));
    }

    [Fact]
    public async Task An_artifact_that_one_side_lost_is_not_deleted_on_the_other()
    {
        using var scene = await DeployedAsync();
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        File.Delete(scene.InCollection("commands/review.md"));

        var both = await SyncAsync(scene, SyncDirection.Both);

        Assert.Equal((SyncStatus.Skipped, SyncStatus.Skipped), (both[0].Status, both[1].Status));
        Assert.True(File.Exists(scene.InCollection(Original)));
        Assert.True(File.Exists(scene.InProject(".claude/commands/review.md")));
        await File.AppendAllTextAsync(scene.InCollection(Original), "newer\n", Cancellation);
        Assert.Equal(SyncStatus.Conflict, (await SyncAsync(scene, SyncDirection.Both))[0].Status);
        Assert.Equal(SyncStatus.Pulled, (await SyncAsync(scene, SyncDirection.Pull))[0].Status);
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:notes claude_code"]);
        var overwrite = new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("review")], Direction = SyncDirection.Push, Strategy = SyncStrategy.Overwrite };
        Assert.Equal(SyncStatus.Pushed, Assert.Single(await SyncAsync(scene, overwrite)).Status);
        Assert.True(File.Exists(scene.InCollection("commands/review.md")));
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
    }
}

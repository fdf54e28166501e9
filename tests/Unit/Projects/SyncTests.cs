using System.Runtime.Versioning;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using SkillMeat.Snapshots;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class SyncTests
{
    private const string Copy = ".claude/skills/notes/SKILL.md";
    private const string Original = "skills/notes/SKILL.md";

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
    public async Task What_one_side_does_not_have_any_more_is_not_deleted_on_the_other()
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

    [Fact]
    public async Task An_artifact_that_left_the_collection_can_be_forked_into_it()
    {
        using var scene = await DeployedAsync();
        await new SkillMeat.Removals.ArtifactRemover(scene.Store).RemoveAsync(new SkillMeat.Removals.RemoveRequest { Artifacts = ["notes"] }, Cancellation);

        Assert.Equal(SyncStatus.Skipped, Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes")).Status);
        Assert.Equal("skill:notes-fork", Assert.Single(await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], Strategy = SyncStrategy.Fork })).ForkedAs);
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
    }

    [Fact]
    public async Task A_link_is_skipped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await DeployedAsync();
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes"), scene.InCollection("skills/notes"));
        await File.AppendAllTextAsync(scene.InProject(Copy), "through the link\n", Cancellation);

        Assert.Equal(SyncStatus.Skipped, Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes")).Status);
    }

    [Fact]
    public async Task A_link_out_of_the_artifact_does_not_come_into_the_collection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await DeployedAsync();
        File.CreateSymbolicLink(scene.InProject(".claude/skills/notes/secret.md"), "../../../../secret");

        var entry = Assert.Single(await SyncAsync(scene, SyncDirection.Push, "notes"));

        Assert.Equal((SyncStatus.Error, ErrorIds.ArtifactInvalid), (entry.Status, entry.ErrorId));
        Assert.False(File.Exists(scene.InCollection("skills/notes/secret.md")));
    }

    [Fact]
    public async Task An_edit_that_is_no_valid_artifact_does_not_come_into_the_collection()
    {
        using var scene = await DeployedAsync();
        File.Move(scene.InProject(Copy), scene.InProject(".claude/skills/notes/other.md"));
        await File.WriteAllTextAsync(scene.InProject(".claude/mcp/files/.mcp.json"), "{", Cancellation);

        var entries = await SyncAsync(scene, SyncDirection.Push);

        Assert.Equal([SyncStatus.Error, SyncStatus.Unchanged, SyncStatus.Unchanged, SyncStatus.Unchanged, SyncStatus.Error], entries.Select(entry => entry.Status));
        Assert.True(File.Exists(scene.InCollection(Original)));
    }

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

    [Fact]
    public async Task A_collection_that_this_home_does_not_have_is_said()
    {
        using var scene = await DeployedAsync();
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace("from_collection = \"default\"", "from_collection = \"../other\"", StringComparison.Ordinal), Cancellation);

        Assert.All(await SyncAsync(scene, SyncDirection.Both), entry => Assert.Equal((SyncStatus.Skipped, "This home has no collection '../other'. Adopt the copy to bring it into one."), (entry.Status, entry.Reason)));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_change_of_a_project_that_cannot_be_written_changes_no_collection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "the system or the user writes to read-only folders");
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Edit(scene.InCollection(Original), "name: notes", "name: notes\nlicense: MIT");
        var (project, home) = (scene.Tree(), await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation));
        File.SetUnixFileMode(scene.InProject(".claude/skills/notes"), (UnixFileMode)0x16d);
        try
        {
            await Assert.ThrowsAsync<StorageException>(() => SyncAsync(scene, SyncDirection.Both));
        }
        finally
        {
            File.SetUnixFileMode(scene.InProject(".claude/skills/notes"), (UnixFileMode)0x1ed);
        }

        Assert.Equal((project, home), (scene.Tree(), await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation)));
        Assert.Empty(new CollectionSnapshots(scene.Store).List(null).Snapshots);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Permissions_stay_on_each_side_and_the_executable_bit_travels()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no permissions");
        using var scene = await DeployedAsync();
        File.SetUnixFileMode(scene.InProject(Copy), (UnixFileMode)0x1b4);
        File.SetUnixFileMode(scene.InCollection(Original), (UnixFileMode)0x180);
        await File.WriteAllTextAsync(scene.InProject(".claude/skills/notes/run.sh"), "#!/bin/sh\n", Cancellation);
        File.SetUnixFileMode(scene.InProject(".claude/skills/notes/run.sh"), (UnixFileMode)0x1fd);
        await File.AppendAllTextAsync(scene.InCollection(Original), "newer\n", Cancellation);

        Assert.Equal(SyncStatus.Merged, Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes")).Status);

        Assert.Equal(((UnixFileMode)0x1b4, (UnixFileMode)0x180), (File.GetUnixFileMode(scene.InProject(Copy)), File.GetUnixFileMode(scene.InCollection(Original))));
        Assert.True(File.GetUnixFileMode(scene.InCollection("skills/notes/run.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    private static async Task<ProjectScene> DeployedAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        return scene;
    }

    private static Task<IReadOnlyList<SyncEntry>> SyncAsync(ProjectScene scene, SyncDirection direction, params string[] names) =>
        SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Direction = direction, Names = [.. names.Select(NamePattern.Simple)] });

    private static async Task<IReadOnlyList<SyncEntry>> SyncAsync(ProjectScene scene, SyncRequest request) => (await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(request, Cancellation)).Entries;

    private static void Edit(string file, string old, string @new)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(old, @new, StringComparison.Ordinal));
    }

    private static string HomeTree(ProjectScene scene) => string.Join('\n', Directory.EnumerateFiles(scene.Store.Home, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}cache{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(path => $"{path} {new FileInfo(path).Length}"));
}

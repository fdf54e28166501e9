using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Projects;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Organizing;

/// <summary>A collection gets another name, and everything that names it follows.</summary>
public sealed class RenameTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_snapshots_merge_bases_and_the_setting_go_along()
    {
        using var scene = await ProjectScene.StartAsync();
        var snapshots = new CollectionSnapshots(scene.Store);
        var taken = await snapshots.TakeAsync(null, "to go back to", _patience, Cancellation);
        await snapshots.ExportAsync(null, taken.SnapshotId, null, overwrite: false, _patience, Cancellation);
        await File.WriteAllTextAsync(scene.InCollection("notes of mine.txt"), "mine", Cancellation);
        var before = scene.Store.Read("default");
        var bases = await File.ReadAllBytesAsync(Path.Combine(scene.Store.Home, "baselines", "default.json"), Cancellation);

        var renamed = await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);

        Assert.Equal(("default", "team", true, 1), (renamed.PreviousName, renamed.Collection, renamed.IsActive, renamed.Snapshots));
        Assert.Equal(["team"], scene.Store.ListNames());
        Assert.Equal("team", scene.Store.ActiveCollection);
        var after = scene.Store.Read();
        Assert.Equal(("team", "team"), (after.Name, after.Title));
        Assert.Equal(before.Artifacts.Select(one => one.ArtifactId), after.Artifacts.Select(one => one.ArtifactId));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(after.Folder, "notes of mine.txt"), Cancellation));
        Assert.Equal(bases, await File.ReadAllBytesAsync(Path.Combine(scene.Store.Home, "baselines", "team.json"), Cancellation));
        Assert.False(File.Exists(Path.Combine(scene.Store.Home, "baselines", "default.json")));
        var listed = Assert.Single(snapshots.List(null).Snapshots);
        Assert.Equal((taken.SnapshotId, "team", null), (listed.SnapshotId, listed.Collection, listed.Problem));
        // Python SkillMeat deletes a collection before it opens the tarball that the list names.
        var list = await File.ReadAllTextAsync(Path.Combine(scene.Store.Home, "snapshots", "team", "snapshots.toml"), Cancellation);
        Assert.Contains(Path.Combine(scene.Store.Home, "snapshots", "team", $"{taken.SnapshotId}.tar.gz"), list, StringComparison.Ordinal);
        File.Delete(Path.Combine(after.Folder, "commands", "review.md"));
        await snapshots.RestoreAsync(null, taken.SnapshotId, [], _patience, Cancellation);
        Assert.True(File.Exists(Path.Combine(after.Folder, "commands", "review.md")));
        Assert.Empty(Directory.GetFiles(scene.Store.Home, ".skm-*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(DeployMode.Copy)]
    [InlineData(DeployMode.Link)]
    public async Task Deployments_in_known_projects_and_of_the_user_follow(DeployMode mode)
    {
        using var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.DeployAsync(scene.Request("notes", "review") with { Mode = mode, IncludeUser = true });
        await File.AppendAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), "\n# mine\n", Cancellation);

        var renamed = await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);

        Assert.Equal(4, renamed.Deployments);
        var records = await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation);
        Assert.DoesNotContain("from_collection = \"default\"", records, StringComparison.Ordinal);
        Assert.EndsWith("\n# mine\n", records, StringComparison.Ordinal);
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
        var user = new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { IncludeUser = true, IncludeInSync = true }, TestContext.Current.CancellationToken).Artifacts;
        Assert.Equal(2, user.Count);
        Assert.All(user, drift => Assert.Equal((DriftState.InSync, "team", mode == DeployMode.Link), (drift.State, drift.Collection, drift.IsLink)));
        Assert.True(File.Exists(scene.InProject(".claude/skills/notes/SKILL.md")));
    }

    [Fact]
    public async Task A_name_that_is_taken_or_not_valid_is_refused_and_nothing_changes()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.Store.CreateAsync("other", _patience, Cancellation);
        await scene.Store.CreateAsync("gone", _patience, Cancellation);
        await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "gone" }, Cancellation);
        Directory.CreateDirectory(Path.Combine(scene.Store.Home, "collections", "in the way"));
        var before = FileTree.Describe(scene.Store.Home, ["locks"]);

        foreach (var (name, errorId) in new[]
        {
            ("other", ErrorIds.CollectionExists), ("default", ErrorIds.InvalidArgument), ("in the way", ErrorIds.InvalidArgument), ("gone", ErrorIds.InvalidArgument),
            ("a/b", ErrorIds.InvalidArgument), ("..", ErrorIds.InvalidArgument), (".x", ErrorIds.InvalidArgument), ("con", ErrorIds.InvalidArgument), ("", ErrorIds.InvalidArgument),
        })
        {
            var error = await Assert.ThrowsAsync<SkillMeatException>(() => Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = name }, Cancellation));
            Assert.Equal(errorId, error.ErrorId);
        }

        var missing = await Assert.ThrowsAsync<SkillMeatException>(() => Organizer(scene).RenameAsync(new RenameCollectionRequest { Collection = "defalt", NewName = "x" }, Cancellation));
        Assert.Equal(ErrorIds.CollectionNotFound, missing.ErrorId);
        await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "x", DryRun = true }, Cancellation);
        Assert.Equal(before, FileTree.Describe(scene.Store.Home, ["locks"]));
    }

    [Fact]
    public async Task A_collection_that_is_a_link_stays_where_it_is_and_a_title_of_the_users_own_stays()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        using var scene = await ProjectScene.StartAsync();
        var elsewhere = Path.Combine(scene.Place, "dotfiles");
        Directory.Move(scene.CollectionFolder, elsewhere);
        Directory.CreateSymbolicLink(scene.CollectionFolder, elsewhere);
        var manifest = Path.Combine(elsewhere, "collection.toml");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, Cancellation)).Replace("name = \"default\"", "name = \"My own\"", StringComparison.Ordinal), Cancellation);

        await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);

        Assert.Equal(elsewhere, new FileInfo(Path.Combine(scene.Store.Home, "collections", "team")).LinkTarget);
        Assert.Equal(("My own", 5), (scene.Store.Read().Title, scene.Store.Read().ArtifactCount));
    }

    [Fact]
    public async Task A_collection_that_another_program_makes_at_the_old_path_is_not_mistaken_for_the_renamed_one()
    {
        using var scene = await ProjectScene.StartAsync();
        var old = scene.CollectionFolder;
        var faults = new Faults((_, step, path) =>
        {
            if (step != StorageStep.MoveJournal || Directory.Exists(old) || !Directory.Exists(Path.Combine(scene.Store.Home, "collections", "team"))) return;
            Directory.CreateDirectory(old);
            File.WriteAllText(Path.Combine(old, "collection.toml"), "of another program");
            throw Faults.DiskFull;
        });
        var store = CollectionStore.Open(scene.Store.Home, null, faults);

        await Assert.ThrowsAsync<StorageException>(() => new CollectionOrganizer(store, scene.Environment).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation));

        _ = CollectionStore.Open(scene.Store.Home);
        Assert.Equal(5, scene.Store.Read("default").ArtifactCount);
        // Beside the collections, it would be one as well.
        Assert.Equal(["default"], scene.Store.ListNames());
        Assert.Empty(Directory.GetDirectories(Path.Combine(scene.Store.Home, "collections"), "default.kept*"));
        var aside = Assert.Single(Directory.GetDirectories(Path.Combine(scene.Store.Home, "collections"), ".skm-kept-*"));
        Assert.Equal("of another program", await File.ReadAllTextAsync(Path.Combine(aside, "default", "collection.toml"), Cancellation));
        Assert.False(Directory.Exists(Path.Combine(scene.Store.Home, "collections", "team")));
    }

    [Fact]
    public async Task Paths_of_tarballs_follow_however_the_home_is_named()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        using var scene = await ProjectScene.StartAsync();
        var snapshots = new CollectionSnapshots(scene.Store);
        var taken = await snapshots.TakeAsync(null, "to go back to", _patience, Cancellation);
        await snapshots.ExportAsync(null, taken.SnapshotId, null, overwrite: false, _patience, Cancellation);
        var alias = Path.Combine(scene.Place, "alias");
        Directory.CreateSymbolicLink(alias, scene.Store.Home);
        var list = Path.Combine(scene.Store.Home, "snapshots", "default", "snapshots.toml");
        await File.WriteAllTextAsync(list, (await File.ReadAllTextAsync(list, Cancellation)).Replace(scene.Store.Home, alias, StringComparison.Ordinal), Cancellation);

        await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);

        var text = await File.ReadAllTextAsync(Path.Combine(scene.Store.Home, "snapshots", "team", "snapshots.toml"), Cancellation);
        Assert.Contains(Path.Combine(scene.Store.Home, "snapshots", "team", $"{taken.SnapshotId}.tar.gz"), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restore_of_a_snapshot_from_before_does_not_bring_back_the_title(bool isWhole)
    {
        using var scene = await ProjectScene.StartAsync();
        var snapshots = new CollectionSnapshots(scene.Store);
        var own = (await File.ReadAllTextAsync(scene.InCollection("collection.toml"), Cancellation)).Replace("name = \"default\"", "name = \"default\" # mine", StringComparison.Ordinal);
        await File.WriteAllTextAsync(scene.InCollection("collection.toml"), own, Cancellation);
        if (isWhole) await snapshots.TakeAsync(null, "before", _patience, Cancellation);
        else await Organizer(scene).DescribeAsync(null, "new", _patience, Cancellation);
        var id = Assert.Single(snapshots.List(null).Snapshots).SnapshotId;
        await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "one" }, Cancellation);
        await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);
        // Another collection of the old name, which gets another one as well and its old one again.
        await scene.Store.CreateAsync("default", _patience, Cancellation);
        await Organizer(scene).RenameAsync(new RenameCollectionRequest { Collection = "default", NewName = "x" }, Cancellation);
        await Organizer(scene).RenameAsync(new RenameCollectionRequest { Collection = "x", NewName = "default" }, Cancellation);

        await snapshots.RestoreAsync("team", id, [], _patience, Cancellation);

        // Python SkillMeat would save this collection over the other one.
        Assert.Equal("team", scene.Store.Read("team").Title);
        Assert.Equal(own.Replace("name = \"default\" # mine", "name = \"team\" # mine", StringComparison.Ordinal), await File.ReadAllTextAsync(Path.Combine(scene.Store.Read("team").Folder, "collection.toml"), Cancellation));
        Assert.True((await snapshots.RestoreAsync("team", id, [], _patience, Cancellation)).IsUnchanged);
        Assert.Equal("default", scene.Store.Read("default").Title);
    }

    [Fact]
    public async Task Records_that_are_there_twice_and_roots_that_are_links_follow_once()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        using var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Mode = DeployMode.Link });
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        var text = await File.ReadAllTextAsync(records, Cancellation);
        await File.WriteAllTextAsync(records, text + "\n# twice\n" + text, Cancellation);
        Directory.CreateSymbolicLink(scene.InProject(".codex"), scene.InProject(".claude"));

        var renamed = await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);

        Assert.Equal(1, renamed.Deployments);
        var after = await File.ReadAllTextAsync(records, Cancellation);
        Assert.Equal((text + "\n# twice\n" + text).Replace("from_collection = \"default\"", "from_collection = \"team\"", StringComparison.Ordinal), after);
        Assert.True(File.Exists(scene.InProject(".claude/skills/notes/SKILL.md")));
    }

    [Fact]
    public async Task Links_follow_however_they_are_written_and_those_by_way_of_another_link_are_named()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        using var scene = await ProjectScene.StartAsync();
        await scene.Store.CreateAsync("work", _patience, Cancellation);
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.DeployAsync(scene.Request("notes", "review", "helper-bot") with { Mode = DeployMode.Link });
        var (notes, review, helper) = (scene.InProject(".claude/skills/notes"), scene.InProject(".claude/commands/review.md"), scene.InProject(".claude/agents/helper-bot.md"));
        var (alias, chain) = (Path.Combine(scene.Place, "alias"), Path.Combine(scene.Place, "chain.md"));
        Directory.CreateSymbolicLink(alias, scene.Store.Home);
        File.CreateSymbolicLink(chain, scene.InCollection("agents/helper-bot.md"));
        foreach (var path in new[] { notes, review, helper }) File.Delete(path);
        Directory.CreateSymbolicLink(notes, Path.GetRelativePath(Path.GetDirectoryName(notes)!, scene.InCollection("skills/notes")));
        File.CreateSymbolicLink(review, Path.Combine(alias, "collections", "default", "commands", "review.md"));
        File.CreateSymbolicLink(helper, chain);

        var renamed = await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);

        Assert.Contains(helper, Assert.Single(renamed.Warnings), StringComparison.Ordinal);
        Assert.Equal(chain, new FileInfo(helper).LinkTarget);
        var folder = Path.Combine(scene.Store.Home, "collections", "team");
        Assert.Equal(Path.GetRelativePath(Path.GetDirectoryName(notes)!, Path.Combine(folder, "skills", "notes")), new FileInfo(notes).LinkTarget);
        Assert.Equal(Path.Combine(folder, "commands", "review.md"), new FileInfo(review).LinkTarget);

        await new ArtifactTransfer(scene.Store, scene.Environment).MoveAsync(new TransferRequest { Artifacts = ["notes", "review"], Destination = "work" }, Cancellation);

        Assert.True(File.Exists(Path.Combine(notes, "SKILL.md")) && File.Exists(review));
        Assert.False(Path.IsPathRooted(new FileInfo(notes).LinkTarget!));
    }

    [Fact]
    public async Task What_another_home_deployed_from_a_collection_of_the_same_name_stays()
    {
        using var scene = await ProjectScene.StartAsync();
        using var other = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        await other.DeployAsync(other.Request("review") with { Projects = [scene.Project] });
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);

        var renamed = await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team" }, Cancellation);

        Assert.Equal(1, renamed.Deployments);
        var records = await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation);
        Assert.Single(records.Split('\n'), line => line == "from_collection = \"default\"");
        Assert.Single(records.Split('\n'), line => line == "from_collection = \"team\"");
    }

    [Theory]
    [InlineData("read-only")]
    [InlineData("link")]
    [InlineData("lock")]
    public async Task A_project_that_cannot_be_written_is_left_out_of_a_rename_and_stops_a_move(string problem)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Permissions and links are those of Unix.");
        using var scene = await ProjectScene.StartAsync();
        var good = Directory.CreateDirectory(Path.Combine(scene.Place, "good")).FullName;
        await scene.Store.CreateAsync("work", _patience, Cancellation);
        await scene.DeployAsync(scene.Request("notes"));
        await scene.DeployAsync(scene.Request("notes") with { Projects = [good] });
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project, good], _patience, cancellationToken: Cancellation);
        using var held = problem == "lock" ? new FileStream(scene.InProject(".skm-lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None) : null;
        if (problem == "read-only" && !OperatingSystem.IsWindows()) MakeReadOnly(scene.Project);
        if (problem == "link")
        {
            Directory.Move(scene.InProject(".claude"), Path.Combine(scene.Place, "elsewhere"));
            Directory.CreateSymbolicLink(scene.InProject(".claude"), Path.Combine(scene.Place, "elsewhere"));
        }

        try
        {
            var error = await Assert.ThrowsAnyAsync<SkillMeatException>(() => new ArtifactTransfer(scene.Store, scene.Environment)
                .MoveAsync(new TransferRequest { Artifacts = ["notes"], Destination = "work", LockTimeout = TimeSpan.FromSeconds(1) }, Cancellation));
            Assert.Contains($"skm project unregister", error.Message, StringComparison.Ordinal);
            Assert.True(Directory.Exists(scene.InCollection("skills/notes")));

            var renamed = await Organizer(scene).RenameAsync(new RenameCollectionRequest { NewName = "team", LockTimeout = TimeSpan.FromSeconds(1) }, Cancellation);

            Assert.Contains(renamed.Warnings, warning => warning.Contains(scene.Project, StringComparison.Ordinal));
            Assert.Equal([good], renamed.Projects);
        }
        finally
        {
            if (problem == "read-only" && !OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.Project, (UnixFileMode)0x1ed);
        }

        Assert.Contains("from_collection = \"team\"", await File.ReadAllTextAsync(Path.Combine(good, ".claude", ".skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);
        Assert.Contains("from_collection = \"default\"", await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void MakeReadOnly(string folder)
    {
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            File.WriteAllText(Path.Combine(folder, "probe"), "");
            File.Delete(Path.Combine(folder, "probe"));
            File.SetUnixFileMode(folder, (UnixFileMode)0x1ed);
            Assert.Skip("The user may write everywhere.");
        }
        catch (UnauthorizedAccessException)
        {
            // As intended.
        }
    }

    [Fact]
    public async Task A_description_is_set_kept_and_removed()
    {
        using var scene = await ProjectScene.StartAsync();
        var manifest = scene.InCollection("collection.toml");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, Cancellation)).Replace("[collection]\n", "[collection] # mine\r\n", StringComparison.Ordinal), Cancellation);

        Assert.Equal("Two\nlines \"quoted\"", (await Organizer(scene).DescribeAsync(null, "Two\nlines \"quoted\"", _patience, Cancellation)).Description);
        Assert.Equal("Two\nlines \"quoted\"", scene.Store.List()[0].Description);
        Assert.Contains("[collection] # mine\r\n", await File.ReadAllTextAsync(manifest, Cancellation), StringComparison.Ordinal);
        await Organizer(scene).DescribeAsync(null, "", _patience, Cancellation);
        Assert.Null(scene.Store.Read().Description);
        var taken = new CollectionSnapshots(scene.Store).List(null).Snapshots;
        Assert.Equal(["pre-edit", "pre-edit"], taken.Select(one => one.Kind));
        await new CollectionSnapshots(scene.Store).RestoreAsync(null, taken[0].SnapshotId, [], _patience, Cancellation);
        Assert.Equal("Two\nlines \"quoted\"", scene.Store.Read().Description);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deployment_by_another_program_in_the_middle_is_included(bool isMove)
    {
        using var scene = await ProjectScene.StartAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        var records = Path.Combine(other, ".claude", ".skillmeat-deployed.toml");
        await scene.Store.CreateAsync("work", _patience, Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Projects = [scene.Project, other] });
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project, other], _patience, cancellationToken: Cancellation);
        var deployed = await File.ReadAllBytesAsync(records, Cancellation);
        await scene.Deployer.UndeployAsync(scene.Request("notes") with { Projects = [other] }, Cancellation);
        var isDone = false;
        var faults = new Faults((_, step, _) =>
        {
            if (isDone || step != StorageStep.FlushFolder || Directory.GetFiles(Path.Combine(scene.Store.Home), "*.intent.json", SearchOption.AllDirectories).Length == 0) return;
            isDone = true;
            Directory.CreateDirectory(Path.Combine(other, ".claude", "skills", "notes"));
            File.Copy(scene.InCollection("skills/notes/SKILL.md"), Path.Combine(other, ".claude", "skills", "notes", "SKILL.md"));
            File.WriteAllBytes(records, deployed);
            File.AppendAllText(scene.InProject(".claude/.skillmeat-deployed.toml"), "\n# by another program\n");
        });
        var store = CollectionStore.Open(scene.Store.Home, null, faults);

        if (isMove) await new ArtifactTransfer(store, scene.Environment).MoveAsync(new TransferRequest { Artifacts = ["notes"], Destination = "work", LockTimeout = _patience }, Cancellation);
        else await new CollectionOrganizer(store, scene.Environment).RenameAsync(new RenameCollectionRequest { NewName = "team", LockTimeout = _patience }, Cancellation);

        Assert.True(isDone);
        var wanted = $"from_collection = \"{(isMove ? "work" : "team")}\"";
        Assert.Contains(wanted, await File.ReadAllTextAsync(records, Cancellation), StringComparison.Ordinal);
        Assert.Contains(wanted, await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);
        Assert.EndsWith("# by another program\n", await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_setting_that_waited_for_a_rename_does_not_name_a_collection_that_is_gone(bool isSetting)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.Store.CreateAsync("work", _patience, Cancellation);
        Task? waiting = null;
        var store = CollectionStore.Open(scene.Store.Home, null, new Faults((_, step, _) =>
        {
            if (waiting is not null || step != StorageStep.MoveJournal) return;
            // While the name is still that of the collection, under the lock of the rename.
            waiting = isSetting ? new HomeSettingsEditor(scene.Store).EditAsync(new SettingsEdit { ActiveCollection = "work" }, _patience, cancellationToken: Cancellation) : scene.Store.SetActiveAsync("work", _patience, Cancellation);
        }));

        await new CollectionOrganizer(store, scene.Environment).RenameAsync(new RenameCollectionRequest { Collection = "work", NewName = "team" }, Cancellation);

        Assert.Equal(ErrorIds.CollectionNotFound, (await Assert.ThrowsAsync<SkillMeatException>(() => waiting!)).ErrorId);
        Assert.Equal("default", scene.Store.ActiveCollection);
    }

    [Fact]
    public async Task A_name_can_change_in_case_alone()
    {
        using var scene = await ProjectScene.StartAsync();
        await new CollectionSnapshots(scene.Store).TakeAsync(null, "to go back to", _patience, Cancellation);
        await scene.DeployAsync(scene.Request("notes"));
        var isSensitive = !Directory.Exists(Path.Combine(scene.Store.Home, "COLLECTIONS"));
        if (!isSensitive)
        {
            var error = await Assert.ThrowsAsync<SkillMeatException>(() => RenameAsync(scene, "default", "Default"));
            Assert.Contains("another name first", error.Message, StringComparison.Ordinal);
            await RenameAsync(scene, "default", "x");
            await RenameAsync(scene, "x", "Default");
            return;
        }

        await RenameAsync(scene, "default", "Default");

        Assert.Equal("Default", scene.Store.ActiveCollection);
        Assert.Equal(["Default"], scene.Store.ListNames());
        Assert.Equal(("Default", 5), (scene.Store.Read().Title, scene.Store.Read().ArtifactCount));
        Assert.Single(new CollectionSnapshots(scene.Store).List("Default").Snapshots);
        Assert.Equal(DriftState.InSync, scene.Drift()["skill:notes claude_code"]);
    }

    private static Task<RenamedCollection> RenameAsync(ProjectScene scene, string from, string to) => Organizer(scene).RenameAsync(new RenameCollectionRequest { Collection = from, NewName = to }, Cancellation);

    private static CollectionOrganizer Organizer(ProjectScene scene) => new(scene.Store, scene.Environment);
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Organizing;

/// <summary>Artifacts go to another collection with everything that belongs to them.</summary>
public sealed class TransferTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_Python_SkillMeat_deployed_stays_and_belongs_to_the_new_collection_when_it_is_deployed_from_there()
    {
        using var scene = await TransferScene.StartAsync();
        var projects = scene.Projects;
        await new SkillMeat.Projects.Registry.ProjectRegistry(scene.Store, projects.Environment).RegisterAsync([projects.Project], TimeSpan.FromSeconds(10), cancellationToken: TestContext.Current.CancellationToken);
        await projects.DeployAsync(projects.Request("notes"));
        // Python SkillMeat keeps nothing in the home.
        Directory.Delete(Path.Combine(scene.Store.Home, "deployments"), recursive: true);
        var before = projects.Tree();

        await scene.Transfer.MoveAsync(TransferScene.Request("notes"), TestContext.Current.CancellationToken);

        Assert.Equal(before, projects.Tree());
        Assert.Equal(SkillMeat.Projects.Drift.DriftState.Orphaned, projects.Drift()["skill:notes claude_code"]);
        await projects.DeployAsync(projects.Request("notes") with { Collection = "work" });
        Assert.Equal(SkillMeat.Projects.Drift.DriftState.InSync, projects.Drift()["skill:notes claude_code"]);
    }

    [Fact]
    public async Task A_moved_artifact_takes_files_lock_entry_merge_base_unknown_keys_and_comments_along()
    {
        using var scene = await TransferScene.StartAsync();
        await File.WriteAllTextAsync(scene.At("default", "skills/notes/mine.md"), "edited\r\n", Cancellation);
        scene.Edit("default", text => text.Replace("[[artifacts]]\nname = \"notes\"",
            "# separate\n\n# about notes\n  # ünd\r\n[[artifacts]] # here\nname = \"notes\"\nmy_key = { a = [1, 2] } # mine", StringComparison.Ordinal)
            + "\n[[groups]]\nname = \"g\"\nmembers = [\"skill:notes\", \"command:review\"]\n");
        scene.Edit("work", text => text + "\n# the end of mine\n");
        var locked = await File.ReadAllTextAsync(scene.At("default", "collection.lock"), Cancellation);
        await File.WriteAllTextAsync(scene.At("default", "collection.lock"), locked.Replace("[lock.entries.\"notes::skill\"]\n", "[lock.entries.\"notes::skill\"]\nodd = 1\n", StringComparison.Ordinal), Cancellation);
        var before = scene.Store.Read("default").Find("notes");
        var bases = scene.Bases("default").Where(one => one.Artifact == before.Id).ToList();
        Assert.NotEmpty(bases);

        var moved = Assert.Single(await scene.Transfer.MoveAsync(TransferScene.Request("notes"), Cancellation));

        Assert.Equal(("skill:notes", "work", "default", true), (moved.ArtifactId, moved.Collection, moved.Source, moved.IsMoved));
        Assert.Equal(scene.At("work", "skills/notes"), moved.Path);
        Assert.Equal(["command:review", "agent:helper-bot", "hook:guard", "mcp:files"], scene.Ids("default"));
        Assert.Equal(["skill:notes"], scene.Ids("work"));
        Assert.Equal("edited\r\n", await File.ReadAllTextAsync(scene.At("work", "skills/notes/mine.md"), Cancellation));
        Assert.False(Directory.Exists(scene.At("default", "skills/notes")));
        var text = scene.Manifest("work");
        Assert.Contains("# about notes\n  # ünd\r\n[[artifacts]] # here\nname = \"notes\"\nmy_key = { a = [1, 2] } # mine\n", text, StringComparison.Ordinal);
        Assert.Contains("# the end of mine\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("# separate", text, StringComparison.Ordinal);
        Assert.Contains("# separate", scene.Manifest("default"), StringComparison.Ordinal);
        Assert.DoesNotContain("# about notes", scene.Manifest("default"), StringComparison.Ordinal);
        Assert.Contains("members = [\"command:review\"]", scene.Manifest("default"), StringComparison.Ordinal);
        Assert.Contains("odd = 1", await File.ReadAllTextAsync(scene.At("work", "collection.lock"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(bases, scene.Bases("work"));
        Assert.DoesNotContain(scene.Bases("default"), one => one.Artifact == before.Id);
        var after = scene.Store.Read("work").Find("notes");
        Assert.Equal((before.Upstream, before.ResolvedSha, before.Description, before.Added), (after.Upstream, after.ResolvedSha, after.Description, after.Added));
        foreach (var (collection, id, count) in new[] { ("work", moved.SnapshotId, 0), ("default", moved.SourceSnapshotId, 5) })
        {
            Assert.Equal(("pre-move", count), (new CollectionSnapshots(scene.Store).Find(collection, id!).Kind, new CollectionSnapshots(scene.Store).Find(collection, id!).ArtifactCount));
            await new CollectionSnapshots(scene.Store).RestoreAsync(collection, id!, [], _patience, Cancellation);
        }

        Assert.Equal((5, 0), (scene.Ids("default").Count, scene.Ids("work").Count));
        Assert.Equal("edited\r\n", await File.ReadAllTextAsync(scene.At("default", "skills/notes/mine.md"), Cancellation));
    }

    [Theory]
    [InlineData("artifacts = []\n", "", null)]
    [InlineData("artifacts = [] # of mine\n", "# of mine\n", null)]
    [InlineData("artifacts = [\n]\n", "", "other notes")]
    [InlineData("", "", "other notes")]
    public async Task Comments_go_along_into_an_empty_collection_of_Python_and_with_a_new_name(string list, string kept, string? newName)
    {
        using var scene = await TransferScene.StartAsync();
        scene.Edit("default", text => text.Replace("[[artifacts]]\nname = \"notes\"", "# about notes\n[[artifacts]] # here\nname = \"notes\" # name\nmy_key = { a = [1, 2] } # mine", StringComparison.Ordinal));
        scene.Edit("work", text => list + "# head\n" + text);

        await scene.Transfer.MoveAsync(TransferScene.Request("notes") with { NewName = newName }, Cancellation);

        var name = newName ?? "notes";
        Assert.StartsWith(kept + "# head\n", scene.Manifest("work"), StringComparison.Ordinal);
        Assert.Contains($"\n# about notes\n[[artifacts]] # here\nname = \"{name}\" # name\nmy_key = {{ a = [1, 2] }} # mine\n", scene.Manifest("work"), StringComparison.Ordinal);
        Assert.Contains($"path = \"skills/{name}\"", scene.Manifest("work"), StringComparison.Ordinal);
        Assert.Equal([$"skill:{name}"], scene.Ids("work"));
        Assert.True(File.Exists(scene.At("work", $"skills/{name}/SKILL.md")));
    }

    [Fact]
    public async Task A_copy_leaves_the_source_byte_for_byte_and_gets_an_identity_of_its_own()
    {
        using var scene = await TransferScene.StartAsync();
        scene.Edit("default", text => text.Replace("[[artifacts]]\nname = \"notes\"\n", "[[artifacts]]\nname = \"notes\"\nuuid = \"11111111-1111-4111-8111-111111111111\"\n", StringComparison.Ordinal));
        var before = FileTree.Describe(scene.At("default", "."), []);

        var copied = await scene.Transfer.CopyAsync(TransferScene.Request("notes", "command:*"), Cancellation);

        Assert.Equal(["skill:notes", "command:review"], copied.Select(one => one.ArtifactId));
        Assert.Equal(before, FileTree.Describe(scene.At("default", "."), []));
        Assert.Equal(["skill:notes", "command:review"], scene.Ids("work"));
        Assert.DoesNotContain("uuid", scene.Manifest("work"), StringComparison.Ordinal);
        Assert.Equal(["notes::skill", "review::command"], scene.LockKeys("work"));
        Assert.Equal(2, scene.Bases("work").Count);
        Assert.All(copied, one => Assert.Null(one.SourceSnapshotId));
        Assert.Equal("pre-copy", new CollectionSnapshots(scene.Store).Find("work", copied[0].SnapshotId!).Kind);

        var again = Assert.Single(await scene.Transfer.CopyAsync(TransferScene.Request("command:review") with { NewName = "second look" }, Cancellation));
        Assert.Equal(("command:second look", "review"), (again.ArtifactId, again.SourceName));
        Assert.Equal(await File.ReadAllTextAsync(scene.At("default", "commands/review.md"), Cancellation), await File.ReadAllTextAsync(scene.At("work", "commands/second look.md"), Cancellation));
        Assert.Equal(["notes::skill", "review::command", "second look::command"], scene.LockKeys("work"));
        Assert.Equal("second look.md", scene.Bases("work").Single(one => one.Artifact.Name == "second look").Content.Name);
    }

    [Fact]
    public async Task What_cannot_go_there_is_refused_and_nothing_changes()
    {
        using var scene = await TransferScene.StartAsync();
        await scene.Transfer.CopyAsync(TransferScene.Request("notes"), Cancellation);
        Directory.CreateDirectory(scene.At("work", "hooks"));
        await File.WriteAllTextAsync(scene.At("work", "hooks/guard"), "mine", Cancellation);
        await File.WriteAllTextAsync(scene.At("work", "commands/second.md"), "mine", Cancellation);
        var before = FileTree.Describe(scene.Store.Home, ["locks"]);
        foreach (var (request, errorId, part) in new[]
        {
            (TransferScene.Request("notes"), ErrorIds.InvalidArgument, "already has an artifact 'skill:notes'"),
            (TransferScene.Request("review", "notes"), ErrorIds.InvalidArgument, "skill:notes"),
            (TransferScene.Request("guard"), ErrorIds.InvalidArgument, "no artifact lists it"),
            (TransferScene.Request("review") with { NewName = "second" }, ErrorIds.InvalidArgument, "no artifact lists it"),
            (TransferScene.Request("review", "files") with { NewName = "x" }, ErrorIds.InvalidArgument, "a new name is for one artifact"),
            (TransferScene.Request("review") with { NewName = "../x" }, ErrorIds.InvalidArgument, "cannot be an artifact's name"),
            (TransferScene.Request("review") with { Destination = "default" }, ErrorIds.InvalidArgument, "already"),
            (TransferScene.Request("review") with { Destination = "wrok" }, ErrorIds.CollectionNotFound, "Did you mean 'work'?"),
            (TransferScene.Request("reviw"), ErrorIds.ArtifactNotFound, "Did you mean 'review'?"),
            (TransferScene.Request("nothing*"), ErrorIds.ArtifactNotFound, "No artifact"),
        })
        {
            foreach (var isDry in new[] { true, false })
            {
                var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Transfer.MoveAsync(request with { DryRun = isDry }, Cancellation));
                Assert.Equal(errorId, error.ErrorId);
                Assert.Contains(part, error.Message, StringComparison.Ordinal);
            }
        }

        await scene.Transfer.MoveAsync(TransferScene.Request("review") with { DryRun = true }, Cancellation);
        Assert.Equal(before, FileTree.Describe(scene.Store.Home, ["locks"]));
    }

    [Fact]
    public async Task Links_on_the_way_and_overlapping_files_are_refused()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        using var scene = await TransferScene.StartAsync();
        var elsewhere = Directory.CreateDirectory(Path.Combine(scene.Projects.Place, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(scene.At("work", "hooks"), elsewhere);
        Directory.Move(scene.At("default", "skills/notes"), Path.Combine(elsewhere, "notes"));
        Directory.CreateSymbolicLink(scene.At("default", "skills/notes"), Path.Combine(elsewhere, "notes"));
        scene.Edit("default", text => text + "\n[[artifacts]]\nname = \"inner\"\ntype = \"command\"\npath = \"mcp/files/inner.md\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n");

        foreach (var name in new[] { "guard", "notes", "files", "inner" })
        {
            var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Transfer.MoveAsync(TransferScene.Request(name), Cancellation));
            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        }

        Assert.Equal(["notes"], Directory.GetFileSystemEntries(elsewhere).Select(Path.GetFileName));
        Assert.Empty(scene.Ids("work"));
    }

    [Theory]
    [InlineData(DeployMode.Copy)]
    [InlineData(DeployMode.Link)]
    public async Task Deployments_of_a_moved_artifact_follow_and_others_stay(DeployMode mode)
    {
        using var scene = await TransferScene.StartAsync();
        var projects = scene.Projects;
        await new ProjectRegistry(scene.Store, projects.Environment).RegisterAsync([projects.Project], _patience, cancellationToken: Cancellation);
        await projects.DeployAsync(projects.Request("notes", "review") with { Mode = mode });

        var moved = await scene.Transfer.MoveAsync(TransferScene.Request("notes"), Cancellation);

        Assert.Equal(1, moved[0].Deployments);
        var drifts = new DriftChecker(scene.Store, projects.Environment).Check(new DriftRequest { Projects = [projects.Project], IncludeInSync = true }, TestContext.Current.CancellationToken).Artifacts;
        Assert.Equal([("notes", "work"), ("review", "default")], drifts.Select(one => (one.Name, one.Collection)).Order());
        Assert.All(drifts, drift => Assert.Equal((DriftState.InSync, mode == DeployMode.Link), (drift.State, drift.IsLink)));
        Assert.True(File.Exists(projects.InProject(".claude/skills/notes/SKILL.md")));
    }

    [Fact]
    public async Task A_project_that_is_away_is_named_in_a_warning()
    {
        using var scene = await TransferScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Projects.Environment).RegisterAsync([scene.Projects.Project], _patience, cancellationToken: Cancellation);
        Directory.Delete(scene.Projects.Project, recursive: true);
        Assert.Contains(scene.Projects.Project, Assert.Single((await scene.Transfer.MoveAsync(TransferScene.Request("notes"), Cancellation))[0].Warnings), StringComparison.Ordinal);
        Assert.Empty((await scene.Transfer.CopyAsync(TransferScene.Request("review"), Cancellation))[0].Warnings);
    }

    [Theory]
    [InlineData("default", "skills/notes/SKILL.md")]
    [InlineData("default", "collection.toml")]
    [InlineData("work", "collection.toml")]
    public async Task An_edit_by_hand_in_the_middle_is_not_lost(string collection, string path)
    {
        using var scene = await TransferScene.StartAsync();
        var edited = false;
        var store = CollectionStore.Open(scene.Store.Home, null, new Faults((_, step, _) =>
        {
            if (step != StorageStep.WriteGeneration || edited) return;
            edited = true;
            File.AppendAllText(scene.At(collection, path), "\n# an hour of work\n");
        }));

        await new ArtifactTransfer(store, scene.Projects.Environment).MoveAsync(TransferScene.Request("notes"), Cancellation);

        Assert.True(edited);
        var now = scene.At(path.StartsWith("skills", StringComparison.Ordinal) ? "work" : collection, path);
        Assert.Contains("\n# an hour of work\n", await File.ReadAllTextAsync(now, Cancellation), StringComparison.Ordinal);
        Assert.Equal(["skill:notes"], scene.Ids("work"));
        Assert.Equal(4, scene.Ids("default").Count);
    }

    [Fact]
    public async Task Moves_in_both_directions_at_once_do_not_wait_for_each_other_forever_and_lose_nothing()
    {
        using var scene = await TransferScene.StartAsync();
        await scene.Transfer.MoveAsync(TransferScene.Request("notes", "review"), Cancellation);

        await Parallel.ForEachAsync(Enumerable.Range(0, 24), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation }, async (number, cancellation) =>
        {
            var (from, to) = number % 2 == 0 ? ("default", "work") : ("work", "default");
            var name = new[] { "notes", "review", "helper-bot", "guard", "files" }[number % 5];
            try
            {
                await new ArtifactTransfer(CollectionStore.Open(scene.Store.Home), scene.Projects.Environment).MoveAsync(new TransferRequest { Artifacts = [name], Collection = from, Destination = to }, cancellation);
            }
            catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ArtifactNotFound or ErrorIds.InvalidArgument)
            {
                // It is where it should go.
            }
        });

        Assert.Equal(5, scene.Ids("default").Concat(scene.Ids("work")).Distinct().Count());
        Assert.Equal(5, scene.Ids("default").Count + scene.Ids("work").Count);
        foreach (var collection in new[] { "default", "work" })
        {
            Assert.Equal(scene.Store.Read(collection).Artifacts.Select(one => one.Id.LockKey).Order(StringComparer.Ordinal), scene.LockKeys(collection));
            Assert.All(scene.Store.Read(collection).Artifacts, one => Assert.True(Path.Exists(scene.At(collection, one.Path))));
        }
    }

    [Fact]
    public async Task The_two_collections_of_Python_SkillMeat_exchange_artifacts_that_it_can_read()
    {
        var fixture = Path.Combine(SharedFolder.Find() ?? "", "compat");
        if (!Directory.Exists(fixture)) Assert.Skip("../shared/compat is not there.");
        using var place = TestHome.None();
        TreeCopy.Make(Path.Combine(fixture, "home", "user", ".skillmeat"), place.Home);
        TreeCopy.Make(Path.Combine(fixture, "linked-artifacts"), place.At("collections", "linked"));
        var store = CollectionStore.Open(place.Home);
        await store.CreateAsync("third", _patience, Cancellation);
        var transfer = new ArtifactTransfer(store, _ => place.Place);
        foreach (var name in new[] { "default", "linked" })
        {
            var before = Describe(name);
            Assert.NotEmpty(before);

            await transfer.MoveAsync(new TransferRequest { Artifacts = ["*"], Collection = name, Destination = "third" }, Cancellation);
            Assert.Empty(store.Read(name).Artifacts);
            await transfer.MoveAsync(new TransferRequest { Artifacts = ["*"], Collection = "third", Destination = name }, Cancellation);

            Assert.Equal(before, Describe(name));
        }

        IReadOnlyList<string> Describe(string name) => [.. store.Read(name).Artifacts.Select(one => $"{one.ArtifactId} {one.Upstream} {one.Description} {one.Tags} {one.Author} {one.License} {one.ResolvedSha}")];

        // Python SkillMeat crashes on dates that are not texts.
        Assert.DoesNotMatch(@"= \d{4}-\d\d-\d\dT", await File.ReadAllTextAsync(place.Manifest, Cancellation));
    }
}

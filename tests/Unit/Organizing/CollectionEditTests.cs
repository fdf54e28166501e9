using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Removals;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Organizing;

/// <summary>Name, description and the active collection change together, or not at all.</summary>
public sealed class CollectionEditTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private static readonly RenameCollectionRequest _rename = new() { Collection = "work", NewName = "team", Description = "For all", Activates = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_name_a_description_and_the_setting_are_one_transaction_with_a_snapshot(bool hasSnapshots)
    {
        using var home = await StartAsync(hasSnapshots);
        var store = CollectionStore.Open(home.Home);
        var before = await File.ReadAllBytesAsync(home.At("collections", "work", "collection.toml"), Cancellation);
        await new CollectionOrganizer(store).RenameAsync(_rename, Cancellation);
        var team = store.Read("team");
        Assert.Equal(("team", "For all", true), (team.Title, team.Description, team.IsActive));
        var snapshots = new CollectionSnapshots(store).List("team").Snapshots;
        Assert.Equal(hasSnapshots ? 2 : 1, snapshots.Count);
        Assert.Equal(("pre-edit", "Before a new description", null), (snapshots[0].Kind, snapshots[0].Message, snapshots[0].Problem));
        Assert.False(Directory.Exists(home.At("snapshots", "work")));
        await new CollectionSnapshots(store).RestoreAsync("team", snapshots[0].SnapshotId, [], _patience, Cancellation);
        Assert.Null(store.Read("team").Description);
        Assert.Contains("name = \"work\"", System.Text.Encoding.UTF8.GetString(before), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fault_at_any_step_leaves_all_of_the_old_or_all_of_the_new(bool hasSnapshots)
    {
        for (var failing = 0; ; failing++)
        {
            using var home = await StartAsync(hasSnapshots);
            var seen = -1;
            var hasFailed = false;
            var store = CollectionStore.Open(home.Home, null, new Faults((_, _, _) =>
            {
                if (Interlocked.Increment(ref seen) != failing) return;
                hasFailed = true;
                throw Faults.DiskFull;
            }));
            try
            {
                await new CollectionOrganizer(store).RenameAsync(_rename, Cancellation);
            }
            catch (StorageException)
            {
                Assert.True(hasFailed);
            }

            // Settles what was left.
            var after = CollectionStore.Open(home.Home);
            var isNew = after.ListNames().Contains("team");
            var read = after.Read(isNew ? "team" : "work");
            Assert.Equal(isNew ? ("team", "For all", "team") : ("work", null, "default"), (read.Title, read.Description, after.ActiveCollection));
            Assert.Equal(["default", isNew ? "team" : "work"], after.ListNames());
            // The snapshot of a failed change may stay.
            Assert.InRange(new CollectionSnapshots(after).List(read.Name).Snapshots.Count, (hasSnapshots ? 1 : 0) + (isNew ? 1 : 0), hasSnapshots ? 2 : 1);
            if (!hasFailed) break;
        }
    }

    [Fact]
    public async Task A_description_and_the_setting_are_one_transaction()
    {
        using var home = await StartAsync(hasSnapshots: false);
        var store = CollectionStore.Open(home.Home);
        var edited = await new CollectionOrganizer(store).EditAsync(new EditCollectionRequest { Collection = "work", Description = "For work", Activates = true }, Cancellation);
        Assert.Equal(("For work", true), (edited.Description, edited.IsActive));
        Assert.Equal("work", store.ActiveCollection);
        var before = home.Tree("locks");
        await new CollectionOrganizer(store).EditAsync(new EditCollectionRequest { Collection = "work", Description = "For work", Activates = true }, Cancellation);
        await new CollectionOrganizer(store).EditAsync(new EditCollectionRequest { Collection = "work" }, Cancellation);
        Assert.Equal(before, home.Tree("locks"));
        // A config that cannot be written takes the description back.
        var failing = CollectionStore.Open(home.Home, null, new Faults((_, _, path) =>
        {
            if (path.EndsWith("config.toml", StringComparison.Ordinal)) throw Faults.DiskFull;
        }));
        await Assert.ThrowsAsync<StorageException>(() => new CollectionOrganizer(failing).EditAsync(new EditCollectionRequest { Collection = "default", Description = "x", Activates = true }, Cancellation));
        var after = CollectionStore.Open(home.Home);
        Assert.Equal((null, "work"), (after.Read("default").Description, after.ActiveCollection));
    }

    [Theory]
    [InlineData("a\u001bb", "control character")]
    [InlineData("two\rlines", "control character")]
    [InlineData("half %", "surrogate")]
    public async Task A_bad_description_is_refused(string written, string text)
    {
        // Attributes hold no half of a pair.
        var description = written.Replace('%', '\ud800');
        using var home = await StartAsync(hasSnapshots: false);
        var store = CollectionStore.Open(home.Home);
        var before = home.Tree("locks");
        var organizer = new CollectionOrganizer(store);
        var calls = new Func<Task>[]
        {
            () => organizer.DescribeAsync("work", description, _patience, Cancellation),
            () => organizer.EditAsync(new EditCollectionRequest { Collection = "work", Description = description, Activates = true }, Cancellation),
            () => organizer.RenameAsync(_rename with { Description = description }, Cancellation),
            () => organizer.RenameAsync(_rename with { Description = description, DryRun = true }, Cancellation),
        };
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<SkillMeatException>(call);
            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, home.Tree("locks"));
    }

    [Fact]
    public async Task An_artifact_that_changes_while_it_is_removed_is_checked_again_and_stays()
    {
        using var home = TestHome.WithSkills(2);
        var store = CollectionStore.Open(home.Home);
        var file = home.At("collections", "default", "skills", "a1", "SKILL.md");
        var seen = await File.ReadAllTextAsync(file, Cancellation);
        var request = new RemoveRequest
        {
            Artifacts = ["a1"],
            Expects = _ =>
            {
                var isSame = File.ReadAllText(file) == seen;
                if (isSame) File.AppendAllText(file, "by hand");
                return isSame;
            },
        };
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => new ArtifactRemover(store).RemoveAsync(request, Cancellation));
        Assert.Equal(ErrorIds.StaleEdit, error.ErrorId);
        Assert.Equal(seen + "by hand", await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal(2, store.Read().ArtifactCount);
    }

    [Fact]
    public async Task A_new_collection_and_the_setting_are_one_transaction()
    {
        using var home = await StartAsync(hasSnapshots: false);
        var failing = CollectionStore.Open(home.Home, null, new Faults((_, _, path) =>
        {
            if (path.EndsWith("config.toml", StringComparison.Ordinal)) throw Faults.DiskFull;
        }));
        await Assert.ThrowsAsync<StorageException>(() => new CollectionOrganizer(failing).CreateAsync("team", "For all", activates: true, _patience, Cancellation));
        var store = CollectionStore.Open(home.Home);
        Assert.Equal(["default", "work"], store.ListNames());
        var created = await new CollectionOrganizer(store).CreateAsync("team", "For all", activates: true, _patience, Cancellation);
        Assert.Equal(("For all", true, "team"), (created.Description, created.IsActive, store.ActiveCollection));
        Assert.False((await new CollectionOrganizer(store).CreateAsync("other", description: null, activates: false, _patience, Cancellation)).IsActive);
    }

    private static async Task<TestHome> StartAsync(bool hasSnapshots)
    {
        var home = TestHome.WithSkills(1);
        var store = CollectionStore.Open(home.Home);
        await store.CreateAsync("work", _patience, Cancellation);
        if (hasSnapshots) await new CollectionSnapshots(store).TakeAsync("work", "mine", _patience, Cancellation);
        return home;
    }
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

/// <summary>Snapshots can be found one by one and removed; those of another program never are.</summary>
public sealed class RemovalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removed_ones_are_gone_and_the_others_are_not()
    {
        using var home = TestHome.WithSkills(1);
        home.Write(Path.Combine(home.Snapshots, "20260101-000000-000000.tar.gz"), "not ours");
        var ids = await MakeAsync(home, 4);
        var rollback = new CollectionSnapshots(CollectionStore.Open(home.Home));

        await rollback.RemoveAsync(null, [ids[0], ids[2], "20260101-000000-000000"], TimeSpan.Zero, Cancellation);

        Assert.Equal([ids[3], ids[1]], rollback.List(null).Snapshots.Select(s => s.SnapshotId));
        Assert.True(File.Exists(Path.Combine(home.Snapshots, "20260101-000000-000000.tar.gz")));
        Assert.Equal(ids[1], rollback.Find(null, ids[1]).SnapshotId);
        Assert.Equal(ErrorIds.SnapshotNotFound, Assert.Throws<SkillMeatException>(() => rollback.Find(null, ids[0])).ErrorId);
    }

    [Fact]
    public async Task A_locked_collection_keeps_its_snapshots()
    {
        using var home = TestHome.WithSkills(1);
        var ids = await MakeAsync(home, 1);
        var store = CollectionStore.Open(home.Home);
        using var held = await store.Storage.LockAsync([CollectionStore.LockNameOf("default")], TimeSpan.Zero, Cancellation);

        await Assert.ThrowsAsync<LockTimeoutException>(() => new CollectionSnapshots(store).RemoveAsync(null, ids, TimeSpan.Zero, Cancellation));

        Assert.Single(new CollectionSnapshots(store).List(null).Snapshots);
    }

    [Fact]
    public async Task A_list_can_be_narrowed_before_it_is_paged()
    {
        using var home = TestHome.WithSkills(1);
        var ids = await MakeAsync(home, 3);

        var page = new CollectionSnapshots(CollectionStore.Open(home.Home)).List(null, skip: 0, take: 1, id => id != ids[2]);

        Assert.Equal((2, ids[1]), (page.Total, page.Snapshots.Single().SnapshotId));
    }

    private static async Task<List<string>> MakeAsync(TestHome home, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            home.WriteUpstream("skills/a1/SKILL.md", $"---\nname: a1\ndescription: Text {i}\n---\n");
            var run = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds();
            ids.Add(run.Json.GetProperty("snapshot_id").GetString()!);
        }

        return ids;
    }
}

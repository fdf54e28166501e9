using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;
using static SkillMeat.Tests.Updates.UpdateScene;
using static SkillMeat.Tests.Updates.UpdateTrouble;
using Refusals = SkillMeat.Tests.Storage.Faults;

namespace SkillMeat.Tests.Updates;

/// <summary>Contents that another process collects while they are not in use yet are fetched again.</summary>
public sealed class CollectedContentTests
{
    [Fact]
    public async Task Fetched_contents_are_collected_before_they_are_used()
    {
        await using var scene = await StartWithNewsAsync();
        var store = scene.Open();
        using var session = scene.Connect(store);
        var updater = new ArtifactUpdater(store, session);
        using var planned = await updater.PlanAsync(new UpdateRequest(), listener: null, Cancellation);

        await CleanUpAsync(scene);

        Assert.All((await updater.ApplyAsync(planned, Cancellation)).Entries, entry => Assert.Equal((UpdateStatus.Updated, null), (entry.Status, entry.Reason)));
        Assert.Equal(Skill("a", "2"), scene.Read("skills/a/SKILL.md"));
    }

    [Fact]
    public async Task Fetched_contents_are_collected_before_they_are_validated()
    {
        await using var scene = await StartWithNewsAsync();
        scene.Git.Commit("3", GitChange.Write("skills/c/SKILL.md", Skill("c")));
        scene.Faults = AfterTheDownload(scene);
        Assert.Equal([UpdateStatus.Updated, UpdateStatus.Updated], (await scene.UpdateAsync()).Entries.Select(entry => entry.Status));
        scene.Faults = AfterTheDownload(scene);
        var added = Assert.Single(await scene.AddAsync($"{Repo}/skills/c"));
        Assert.True(added.Status == Additions.AddStatus.Added, added.Reason);
        scene.AssertConsistent();
    }

    private static Refusals AfterTheDownload(UpdateScene scene)
    {
        var (isFetched, isDone) = (false, false);
        return new Refusals((_, step, path) =>
        {
            if (isFetched && !isDone)
            {
                isDone = true;
                CleanUpAsync(scene).GetAwaiter().GetResult();
            }

            isFetched |= step == StorageStep.FlushFolder && path.EndsWith("objects", StringComparison.Ordinal);
        });
    }

    private static async Task CleanUpAsync(UpdateScene scene) => await new ObjectCleanup(CollectionStore.Open(scene.Home)).CollectAsync(Patience, Cancellation);
}

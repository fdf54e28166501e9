using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>A refresh in two steps: the plan, and its application.</summary>
public sealed class PlanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_writes_nothing_and_doing_it_does_what_it_says()
    {
        await using var scene = await SceneAsync();
        using var session = scene.Connect(out var store);
        var refresher = new CollectionRefresher(store, session);
        var before = scene.ReadTree();

        var planned = await refresher.PlanAsync(new RefreshRequest(), cancellationToken: Cancellation);

        Assert.Equal(before, scene.ReadTree());
        Assert.All(planned.Entries, e => Assert.True(e.DryRun));
        var done = await refresher.ApplyAsync(planned, Cancellation);
        Assert.Equal(planned.Entries.Select(e => e.DescribeChanges()), done.Entries.Select(e => e.DescribeChanges()));
        Assert.All(done.Entries, e => Assert.Equal((false, done.SnapshotId), (e.DryRun, e.SnapshotId)));
        Assert.Equal("description: (none) → A; license: (none) → MIT", done.Entries[0].DescribeChanges());
        Assert.Equal("description: A; license: MIT", done.Entries[0].NewValues.ToString());
        Assert.Equal("A", scene.Read("skill:a").Description);
    }

    [Fact]
    public async Task An_artifact_that_is_declined_stays_as_it_is()
    {
        await using var scene = await SceneAsync();
        using var session = scene.Connect(out var store);
        var refresher = new CollectionRefresher(store, session);

        var planned = (await refresher.PlanAsync(new RefreshRequest(), cancellationToken: Cancellation)).Without(["skill:a"]);
        var done = await refresher.ApplyAsync(planned, Cancellation);

        Assert.Equal([RefreshStatus.Skipped, RefreshStatus.Refreshed], done.Entries.Select(e => e.Status));
        Assert.Equal("It was declined.", done.Entries[0].Reason);
        Assert.Equal((null, "B"), (scene.Read("skill:a").Description, scene.Read("skill:b").Description));
    }

    [Fact]
    public async Task Declining_everything_writes_nothing_to_the_collection()
    {
        await using var scene = await SceneAsync();
        using var session = scene.Connect(out var store);
        var refresher = new CollectionRefresher(store, session);
        var manifest = await File.ReadAllBytesAsync(scene.ManifestPath, Cancellation);

        var done = await refresher.ApplyAsync((await refresher.PlanAsync(new RefreshRequest(), cancellationToken: Cancellation)).Without(["skill:a", "skill:b"]), Cancellation);

        Assert.Null(done.SnapshotId);
        Assert.Equal(manifest, await File.ReadAllBytesAsync(scene.ManifestPath, Cancellation));
    }

    [Fact]
    public async Task A_name_that_no_artifact_has_is_told_with_the_nearest_one()
    {
        await using var scene = await SceneAsync();
        using var session = scene.Connect(out var store);

        var planned = await new CollectionRefresher(store, session).PlanAsync(new RefreshRequest { Filter = ArtifactFilter.Parse([], ["A", "c", "x*"]) }, cancellationToken: Cancellation);

        var unknown = Assert.Single(planned.Unknown);
        Assert.Equal(("c", ErrorIds.ArtifactNotFound), (unknown.Name, unknown.Error.ErrorId));
        Assert.Contains("no artifact 'c'. Did you mean 'a'?", unknown.Error.Message, StringComparison.Ordinal);
        Assert.Equal("skill:a", Assert.Single(planned.Entries).ArtifactId);
    }

    private static async Task<RefreshScene> SceneAsync()
    {
        var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit(
            "1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A", "license: MIT\n")), GitChange.Write("skills/b/SKILL.md", RefreshScene.Skill("b", "B")));
        scene.Add("a", "skill", "skills/a", head).Add("b", "skill", "skills/b", head).Save();
        return scene;
    }
}

using System.Diagnostics;
using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Updates;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Cache.Background;

/// <summary>The background refresh and a GitHub.</summary>
public sealed class BackgroundUpstreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Access.Token)]
    [InlineData(Access.Anonymous)]
    public async Task A_repository_is_asked_once_for_all_its_artifacts(Access access)
    {
        await using var scene = await PlaceAsync(access, artifacts: 40);

        var run = await RunOnceAsync(scene);
        Assert.True(run.Succeeded, string.Join('\n', run.Problems));
        Assert.Equal([("collections", 1), ("upstream", 1)], run.Tasks.Select(task => (task.Task, task.Refreshed)));
        Assert.InRange(scene.Server.Log.Total, 1, 4);

        scene.Server.Log.Clear();
        Assert.DoesNotContain((await RunOnceAsync(scene)).Tasks, task => task.Task == "upstream");
        Assert.Equal(0, scene.Server.Log.Total);
    }

    [Fact]
    public async Task A_repository_that_is_gone_does_not_keep_the_others_from_being_refreshed()
    {
        await using var scene = await PlaceAsync(Access.Token, artifacts: 2, more: other => other.Add("lost", "skill", "skills/lost", new string('a', 40), repo: "octo/gone"));

        var run = await RunOnceAsync(scene);
        Assert.True(run.Succeeded);
        Assert.Equal((2, 1, 1), (run.Tasks[^1].Expired, run.Tasks[^1].Refreshed, run.Tasks[^1].Failed));
        Assert.StartsWith("skill:lost: ", Assert.Single(run.Problems), StringComparison.Ordinal);

        // Only that one is asked about again.
        scene.Server.Log.Clear();
        var second = await RunOnceAsync(scene);
        Assert.Equal((1, 0, 1), (second.Tasks[^1].Expired, second.Tasks[^1].Refreshed, second.Tasks[^1].Failed));
        Assert.False(second.Succeeded);
    }

    [Fact]
    public async Task What_a_run_finds_is_what_is_stale()
    {
        await using var scene = await PlaceAsync(Access.Token, artifacts: 3);
        await RunOnceAsync(scene);

        using var cache = HomeCache.Open(CollectionStore.Open(scene.Home), new HomeCacheOptions { Environment = scene.Environment });
        Assert.Equal("skill:s1", Assert.Single(new StaleArtifacts(cache, scene.Environment).Find(new StaleQuery(), Cancellation).Artifacts).ArtifactId);
    }

    [Theory]
    [InlineData(Access.Token)]
    [InlineData(Access.Anonymous)]
    public async Task The_version_of_a_commit_is_asked_for_once(Access access)
    {
        await using var scene = await PlaceAsync(access, artifacts: 3, more: one => one.Git.Commit("3", GitChange.Write("skills/s2/SKILL.md", RefreshScene.Skill("s2", "New", "version: 2.0.0\n"))));
        await CheckAsync(scene);
        var first = scene.Server.Log.Total;
        scene.Server.Log.Clear();

        Assert.Equal("skill:s1 , skill:s2 2.0.0", await CheckAsync(scene));
        Assert.InRange(scene.Server.Log.Total, 1, first - 1);
        scene.Git.Commit("4", GitChange.Write("skills/s2/SKILL.md", RefreshScene.Skill("s2", "New", "version: 3.0.0\n")));
        Assert.Equal("skill:s1 , skill:s2 3.0.0", await CheckAsync(scene));
    }

    [Fact]
    public async Task An_artifact_of_another_version_is_checked_at_once()
    {
        await using var scene = await PlaceAsync(Access.Token, artifacts: 3);
        await RunOnceAsync(scene);
        var manifest = await File.ReadAllTextAsync(scene.ManifestPath, Cancellation);
        var place = manifest.IndexOf("resolved_sha = \"", StringComparison.Ordinal) + "resolved_sha = \"".Length;
        await File.WriteAllTextAsync(scene.ManifestPath, $"{manifest[..place]}{new string('b', 40)}{manifest[(place + 40)..]}", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "collection.lock"), "[lock]\nversion = \"1.0.0\"\n", Cancellation);

        Assert.Contains((await RunOnceAsync(scene)).Tasks, task => task.Task == "upstream");
    }

    [Fact]
    public async Task A_rate_limit_makes_the_next_run_begin_later()
    {
        await using var scene = await PlaceAsync(Access.Token, artifacts: 2);
        scene.Server.Faults = _ => Fault.PrimaryLimit(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        var runs = new List<BackgroundRefreshRun>();
        await using var service = BackgroundRefresh.Start(CollectionStore.Open(scene.Home), Options(scene) with { Ran = runs.Add });
        await BackgroundScene.UntilAsync(() => runs.Count == 1);

        Assert.False(runs[0].Succeeded);
        Assert.Equal(BackgroundRefreshState.BackingOff, service.Status.State);
        Assert.InRange(runs[0].NextRun!.Value - runs[0].Started, TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(640));
    }

    [Fact]
    public async Task A_request_in_progress_is_cancelled()
    {
        await using var scene = await PlaceAsync(Access.Token, artifacts: 2);
        scene.Server.Faults = _ => Fault.Hang();
        await using var service = BackgroundRefresh.Start(CollectionStore.Open(scene.Home), Options(scene));
        await BackgroundScene.UntilAsync(() => scene.Server.Log.Total > 0);
        Assert.Equal(BackgroundRefreshState.Refreshing, service.Status.State);

        var watch = Stopwatch.StartNew();
        await service.StopAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal((BackgroundRefreshState.Stopped, 0, null), (service.Status.State, service.Status.Runs, service.Status.Problem));
        using var cancelled = new CancellationTokenSource();
        var once = BackgroundRefresh.RunOnceAsync(CollectionStore.Open(scene.Home), Options(scene), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => once);
        // Neither left the lease.
        scene.Server.Faults = null;
        Assert.True((await RunOnceAsync(scene)).Succeeded);
    }

    [Fact]
    public async Task The_lease_is_renewed_during_a_long_request()
    {
        await using var scene = await PlaceAsync(Access.Token, artifacts: 2);
        scene.Server.Faults = _ => Fault.Hang();
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var patient = Options(scene) with { Upstream = Options(scene).Upstream with { Http = new UpstreamOptions { Timeout = TimeSpan.FromHours(2), AttemptTimeout = TimeSpan.FromHours(1) } } };
        await using var service = BackgroundRefresh.Start(CollectionStore.Open(scene.Home, time), patient);
        await BackgroundScene.UntilAsync(() => scene.Server.Log.Total > 0);
        await using var other = BackgroundRefresh.Start(CollectionStore.Open(scene.Home, time), patient);
        await BackgroundScene.UntilAsync(() => other.Status.State == BackgroundRefreshState.Waiting);

        for (var passed = 0; passed < 40; passed++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(5, Cancellation);
        }

        Assert.Equal(BackgroundRefreshState.Refreshing, service.Status.State);
        Assert.Equal(BackgroundRefreshState.Waiting, other.Status.State);
    }

    private static async Task<RefreshScene> PlaceAsync(Access access, int artifacts, Action<RefreshScene>? more = null)
    {
        var scene = await RefreshScene.StartAsync(access);
        var names = Enumerable.Range(1, artifacts).Select(number => $"s{number}").ToList();
        var commit = scene.Git.Commit("1", [.. names.Select(name => GitChange.Write($"skills/{name}/SKILL.md", RefreshScene.Skill(name, "Old")))]);
        scene.Git.Commit("2", GitChange.Write("skills/s1/SKILL.md", RefreshScene.Skill("s1", "New")));
        foreach (var name in names) scene.Add(name, "skill", $"skills/{name}", commit);
        more?.Invoke(scene);
        scene.Save();
        return scene;
    }

    // Returns what is stale afterwards, with the versions upstream.
    private static async Task<string> CheckAsync(RefreshScene scene)
    {
        using var cache = HomeCache.Open(CollectionStore.Open(scene.Home), new HomeCacheOptions { Environment = scene.Environment });
        using var session = scene.Connect(out _);
        Assert.Empty(await new UpstreamCheck(cache, session).RunAsync([], cancellationToken: Cancellation));
        return string.Join(", ", new StaleArtifacts(cache, scene.Environment).Find(new StaleQuery(), Cancellation).Artifacts.Select(one => $"{one.ArtifactId} {one.UpstreamVersion}"));
    }

    private static BackgroundRefreshOptions Options(RefreshScene scene) => new()
    {
        Environment = scene.Environment,
        Upstream = new UpstreamSessionOptions { Environment = scene.Environment, Http = new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5), MaxRateLimitWait = TimeSpan.Zero } },
    };

    private static async Task<BackgroundRefreshRun> RunOnceAsync(RefreshScene scene)
    {
        var run = await BackgroundRefresh.RunOnceAsync(CollectionStore.Open(scene.Home), Options(scene), Cancellation);
        Assert.NotNull(run);
        return run;
    }
}

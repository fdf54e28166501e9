using SkillMeat.Cache.Background;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache.Background;

/// <summary>The service: when it runs, what it refreshes, and that nothing ends it but its end.</summary>
public sealed class BackgroundRefreshTests
{
    private const string Artifacts = "SELECT count(*) FROM artifact";

    [Fact]
    public async Task The_first_run_begins_at_once_and_the_next_ones_at_intervals()
    {
        await using var scene = new BackgroundScene(skills: 3);
        var began = scene.Time.GetUtcNow();
        var service = scene.Start();

        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        var first = scene.Runs.Single();
        Assert.True(first.Succeeded);
        Assert.Equal([("collections", 1, 1, 0), ("upstream", 1, 1, 0)], first.Tasks.Select(task => (task.Task, task.Expired, task.Refreshed, task.Failed)));
        Assert.Equal(3, scene.InDatabase(connection => connection.Number(Artifacts)));
        Assert.InRange(first.NextRun!.Value - began, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(330));
        var status = service.Status;
        Assert.Equal((BackgroundRefreshState.Running, 1L, 1.0, first.NextRun, null), (status.State, status.Runs, status.SuccessRate, status.NextRun, status.Problem));

        await scene.AdvanceAsync(TimeSpan.FromSeconds(295));
        Assert.Single(scene.Runs);
        await scene.AdvanceUntilAsync(() => scene.Runs.Count == 2, TimeSpan.FromSeconds(45));
        // The manifest did not change, and upstream may have.
        Assert.Equal("upstream", Assert.Single(scene.Runs.Last().Tasks).Task);
        Assert.True(scene.Runs.Last().Succeeded);
    }

    [Fact]
    public async Task Only_what_has_expired_is_refreshed()
    {
        await using var scene = new BackgroundScene();
        await scene.Start().StopAsync();
        await using (var first = scene.Start()) await BackgroundScene.UntilAsync(() => scene.Runs.Any(run => run.Tasks.Count > 0));
        scene.Runs.Clear();

        scene.Time.Advance(TimeSpan.FromSeconds(290));
        await using (var second = scene.Start()) await BackgroundScene.UntilAsync(() => !scene.Runs.IsEmpty);
        Assert.Empty(scene.Runs.Single().Tasks);
        Assert.True(scene.Runs.Single().Succeeded);
        scene.Runs.Clear();

        scene.Time.Advance(TimeSpan.FromSeconds(15));
        await using (var third = scene.Start()) await BackgroundScene.UntilAsync(() => !scene.Runs.IsEmpty);
        Assert.Equal(1, scene.Runs.Single().Refreshed);
    }

    [Fact]
    public async Task Nothing_but_the_cache_is_changed()
    {
        await using var scene = new BackgroundScene(home: TestHome.Sample());
        var before = scene.Place.Tree("cache");
        scene.Start();
        await BackgroundScene.UntilAsync(() => !scene.Runs.IsEmpty);

        Assert.Equal(before, scene.Place.Tree("cache"));
    }

    [Fact]
    public async Task Failures_are_counted_and_the_next_runs_begin_later()
    {
        await using var scene = new BackgroundScene();
        scene.Environment = name => name == "GITHUB_SERVER_URL" ? "no address" : null;
        var service = scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);

        Assert.Equal(BackgroundRefreshState.BackingOff, service.Status.State);
        Assert.Contains("GITHUB_SERVER_URL", service.Status.Problem, StringComparison.Ordinal);
        Assert.InRange(scene.Runs.Last().NextRun!.Value - scene.Runs.Last().Started, TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(630));
        // The rows do not need upstream.
        Assert.Equal(2, scene.InDatabase(connection => connection.Number(Artifacts)));
        await scene.AdvanceUntilAsync(() => scene.Runs.Count == 2, TimeSpan.FromSeconds(660), stepSeconds: 20);
        Assert.InRange(scene.Runs.Last().NextRun!.Value - scene.Runs.Last().Started, TimeSpan.FromSeconds(1200), TimeSpan.FromSeconds(1280));
        Assert.Equal((2, 0.0, null), (service.Status.Runs, service.Status.SuccessRate, service.Status.LastSuccess));

        scene.Environment = _ => null;
        await scene.AdvanceUntilAsync(() => scene.Runs.Count == 3, TimeSpan.FromSeconds(1260), stepSeconds: 20);
        Assert.Equal((BackgroundRefreshState.Running, 3, 1 / 3.0, null), (service.Status.State, service.Status.Runs, service.Status.SuccessRate, service.Status.Problem));
        Assert.Equal(scene.Runs.Last().Started, service.Status.LastSuccess);
        Assert.InRange(scene.Runs.Last().NextRun!.Value - scene.Runs.Last().Started, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(380));
    }

    [Fact]
    public async Task Of_two_services_one_works_and_the_other_takes_its_place()
    {
        await using var scene = new BackgroundScene();
        var first = scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        var second = scene.Start();
        await BackgroundScene.UntilAsync(() => second.Status.State == BackgroundRefreshState.Waiting);
        Assert.Contains($"Process {Environment.ProcessId} ", Assert.Single(scene.Reports), StringComparison.Ordinal);

        await scene.AdvanceAsync(TimeSpan.FromMinutes(12), stepSeconds: 15);
        Assert.Equal(0, second.Status.Runs);
        Assert.Equal(BackgroundRefreshState.Waiting, second.Status.State);
        Assert.InRange(first.Status.Runs, 2, 4);
        Assert.Single(scene.Reports);

        await first.StopAsync();
        Assert.Equal(BackgroundRefreshState.Stopped, first.Status.State);
        await scene.AdvanceUntilAsync(() => second.Status.Runs == 1, TimeSpan.FromSeconds(20));
        Assert.Equal((BackgroundRefreshState.Running, Environment.ProcessId), (second.Status.State, second.Status.ProcessId));
    }

    [Fact]
    public async Task A_service_that_lost_the_lease_leaves_the_work_to_the_other()
    {
        await using var scene = new BackgroundScene();
        var service = scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        using var cache = scene.OpenCache();
        // As after damage: the row is gone, and another process was faster.
        cache.Database.TryRun(connection => connection.Execute("DELETE FROM refresh_lease"), out _, TestContext.Current.CancellationToken);
        var other = new RefreshLease(cache.Database, scene.Time, holder: 1);
        Assert.True(other.Take(TestContext.Current.CancellationToken).IsHeld);

        await scene.AdvanceUntilAsync(() => service.Status.State == BackgroundRefreshState.Waiting, TimeSpan.FromSeconds(30));
        Assert.Single(scene.Runs);
        // Nobody renews it: its holder was killed.
        await scene.AdvanceUntilAsync(() => service.Status.State == BackgroundRefreshState.Running, TimeSpan.FromSeconds(70));
    }

    [Fact]
    public async Task The_status_is_known_to_other_processes()
    {
        await using var scene = new BackgroundScene();
        BackgroundRefreshStatus Read()
        {
            using var cache = scene.OpenCache();
            return BackgroundRefresh.ReadStatus(cache);
        }

        Assert.Equal(new BackgroundRefreshStatus { Home = scene.Place.Home }, Read());
        Assert.False(Directory.Exists(scene.Place.At("cache")));
        var service = scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        Assert.Equal(service.Status, Read());
        Assert.Equal(Environment.ProcessId, Read().ProcessId);

        // Killed: it cannot say that it ended.
        scene.Time.Advance(TimeSpan.FromMilliseconds(1));
        using (var cache = scene.OpenCache()) cache.Database.TryRun(connection => connection.Execute("DELETE FROM refresh_lease"), out _, TestContext.Current.CancellationToken);
        Assert.Equal((BackgroundRefreshState.Stopped, null, null, service.Status.LastRun), (Read().State, Read().NextRun, Read().ProcessId, Read().LastRun));
        await service.StopAsync();
    }

    [Fact]
    public async Task A_file_that_is_damaged_in_the_middle_is_made_anew()
    {
        await using var scene = new BackgroundScene(skills: 4);
        var service = scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        var noise = new byte[300_000];
        new Random(3).NextBytes(noise);
        foreach (var file in Directory.GetFiles(scene.Place.At("cache"), "skillmeat-engine.db*")) File.WriteAllBytes(file, noise);

        await scene.AdvanceUntilAsync(() => scene.TimedRuns.Count() == 2, stepSeconds: 10);
        Assert.True(scene.Runs.Last().Succeeded);
        Assert.Equal(BackgroundRefreshState.Running, service.Status.State);
        Assert.Equal(4, scene.InDatabase(connection => connection.Number(Artifacts)));
        Assert.Contains("was damaged", Assert.Single(scene.Reports), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_is_deleted_in_the_middle_is_filled_again()
    {
        await using var scene = new BackgroundScene(skills: 4);
        var service = scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        using (var cache = scene.OpenCache()) cache.Database.Clear();

        await scene.AdvanceUntilAsync(() => scene.TimedRuns.Count() == 2, stepSeconds: 10);
        Assert.Equal(4, scene.InDatabase(connection => connection.Number(Artifacts)));
        Assert.Equal((2, 1.0), (service.Status.Runs, service.Status.SuccessRate));
        Assert.Empty(scene.Reports);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_pauses_the_service_until_it_can()
    {
        await using var scene = new BackgroundScene();
        scene.Place.Write(scene.Place.At("cache"), "not a folder");
        var service = scene.Start();
        await BackgroundScene.UntilAsync(() => service.Status.State == BackgroundRefreshState.Paused);
        Assert.Contains("pauses", service.Status.Problem, StringComparison.Ordinal);
        await scene.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(scene.Runs);
        Assert.Single(scene.Reports, report => report.Contains("pauses", StringComparison.Ordinal));

        File.Delete(scene.Place.At("cache"));
        await scene.AdvanceUntilAsync(() => scene.Runs.Count == 1, TimeSpan.FromSeconds(40));
        Assert.Equal((BackgroundRefreshState.Running, null), (service.Status.State, service.Status.Problem));
        Assert.Contains("goes on", scene.Reports.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_by_another_program_is_followed_at_once()
    {
        await using var scene = new BackgroundScene(skills: 3);
        scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        scene.Place.Write(scene.Place.Manifest, File.ReadAllText(scene.Place.Manifest).Replace("\"a2\"", "\"renamed\"", StringComparison.Ordinal));

        await scene.AdvanceUntilAsync(() => scene.Runs.Count == 2, TimeSpan.FromSeconds(60), stepSeconds: 1);
        Assert.Equal((BackgroundRefreshTrigger.FileChange, 1), (scene.Runs.Last().Trigger, scene.Runs.Last().Refreshed));
        Assert.Equal(1, scene.InDatabase(connection => connection.Number("SELECT count(*) FROM artifact WHERE name = 'renamed'")));
    }

    [Fact]
    public async Task A_new_collection_and_changes_in_it_are_followed()
    {
        await using var scene = new BackgroundScene();
        scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);
        var manifest = scene.Place.At("collections", "other", "collection.toml");
        scene.Place.Write(manifest, "[collection]\nname = \"other\"\n");
        await scene.AdvanceUntilAsync(() => scene.InDatabase(connection => connection.Number("SELECT count(*) FROM collection")) == 2, TimeSpan.FromSeconds(60), stepSeconds: 1);

        scene.Place.Write(manifest, "[collection]\nname = \"other\"\n\n[[artifacts]]\nname = \"x\"\ntype = \"skill\"\npath = \"skills/x\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n");
        await scene.AdvanceUntilAsync(() => scene.InDatabase(connection => connection.Number(Artifacts)) == 3, TimeSpan.FromSeconds(60), stepSeconds: 1);
        Directory.Delete(scene.Place.At("collections", "other"), recursive: true);
        await scene.AdvanceUntilAsync(() => scene.InDatabase(connection => connection.Number("SELECT count(*) FROM collection")) == 1, TimeSpan.FromSeconds(60), stepSeconds: 1);
    }

    [Fact]
    public async Task A_collection_that_cannot_be_read_is_named_and_the_others_are_refreshed()
    {
        await using var scene = new BackgroundScene();
        scene.Place.Write(scene.Place.At("collections", "other", "collection.toml"), "no toml");
        var service = scene.Start();
        await BackgroundScene.UntilAsync(() => scene.Runs.Count == 1);

        Assert.Contains("other", Assert.Single(scene.Runs.Single().Problems), StringComparison.Ordinal);
        Assert.Equal((2, 1), (scene.Runs.Single().Refreshed, scene.Runs.Single().Failed));
        Assert.Contains("other", service.Status.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SKILLMEAT_CACHE", "off", "switched off")]
    [InlineData("SKILLMEAT_REFRESH_INTERVAL", "soon", "SKILLMEAT_REFRESH_INTERVAL is 'soon'")]
    public async Task Without_a_cache_or_with_a_bad_interval_it_does_not_start(string variable, string value, string message)
    {
        await using var scene = new BackgroundScene(environment: name => name == variable ? value : null);

        var error = Assert.Throws<SkillMeatException>(() => scene.Start());
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SkillMeatException>(() => BackgroundRefresh.RunOnceAsync(CollectionStore.Open(scene.Place.Home, scene.Time), scene.Options, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(scene.Place.At("cache")));
    }

    [Fact]
    public async Task Delegates_that_throw_do_not_end_it()
    {
        await using var scene = new BackgroundScene();
        var calls = 0;
        var options = scene.Options with
        {
            Ran = _ =>
            {
                calls++;
                throw new InvalidOperationException("no");
            },
        };
        await using var service = BackgroundRefresh.Start(CollectionStore.Open(scene.Place.Home, scene.Time), options);
        await scene.AdvanceUntilAsync(() => calls == 3, TimeSpan.FromMinutes(15), stepSeconds: 10);
    }
}

using System.Text.Json;
using SkillMeat.Cache.Background;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Tests.Cache.Background;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm watch</c>, once and as a service.</summary>
public sealed class WatchCommandTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _settled = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Once_refreshes_what_has_expired_and_ends()
    {
        using var home = TestHome.Sample();
        var first = (await home.RunAsync("watch", "--once")).Succeeds();
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ: refreshed 1 of 1 collections, 1 of 1 upstream in \d+ ms\.\r?\n$", first.Output);

        var second = (await home.RunAsync("watch", "--once", "--format", "json")).Succeeds();
        Assert.Equal(["started", "trigger", "succeeded", "expired", "refreshed", "failed", "tasks", "problems", "duration_ms", "next_run"], second.Json.EnumerateObject().Select(property => property.Name));
        // The manifest was written just now, so it may be read again.
        Assert.DoesNotContain(second.Json.GetProperty("tasks").EnumerateArray(), task => task.GetProperty("task").GetString() == "upstream");
        Assert.Single(second.Output.TrimEnd().Split('\n'));
        Assert.Empty((await home.RunAsync("watch", "--once", "--quiet", "--interval", "1")).Succeeds().Output);
    }

    [Fact]
    public async Task Once_exits_with_1_when_something_could_not_be_refreshed()
    {
        using var home = TestHome.Sample();
        home.Write(home.At("collections", "broken", "collection.toml"), "no toml");

        var run = (await home.RunAsync("watch", "--once", "--format", "json")).Succeeds(exitCode: 1);
        Assert.Equal(1, run.Json.GetProperty("failed").GetInt32());
        Assert.Contains("broken", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_leaves_the_work_to_a_service_that_runs()
    {
        await using var scene = new BackgroundScene();
        using var cache = scene.OpenCache();
        Assert.True(new RefreshLease(cache.Database, TimeProvider.System, holder: 1).Take(TestContext.Current.CancellationToken).IsHeld);

        var run = (await scene.Place.RunAsync("watch", "--once", "--format", "json")).Succeeds();
        Assert.Empty(run.OutputBytes);
        Assert.Equal($"Process {Environment.ProcessId} on {Environment.MachineName} refreshes this home.\n", run.Error);
    }

    [Theory]
    [InlineData("SKILLMEAT_CACHE", "off", "switched off")]
    [InlineData("SKILLMEAT_REFRESH_INTERVAL", "often", "SKILLMEAT_REFRESH_INTERVAL is 'often'")]
    public async Task It_does_not_start_without_a_cache_or_with_a_bad_interval(string variable, string value, string message)
    {
        using var home = TestHome.Sample();
        var around = new SkmSurroundings { Environment = new Dictionary<string, string?> { [variable] = value } };

        (await home.RunAsync(around, "watch")).Fails(message, "[InvalidArgument]");
        (await home.RunAsync(around, "watch", "--once")).Fails(message, "[InvalidArgument]");
    }

    [Fact]
    public async Task The_option_for_the_interval_is_checked_and_wins()
    {
        using var home = TestHome.Sample();
        (await home.RunAsync("watch", "--interval", "0")).Fails("--interval is '0'");
        var around = new SkmSurroundings { Environment = new Dictionary<string, string?> { ["SKILLMEAT_REFRESH_INTERVAL"] = "often" } };
        (await home.RunAsync(around, "watch", "--once", "--interval", "2m")).Succeeds();
    }

    [Fact]
    public async Task A_home_that_is_not_there_is_an_error()
    {
        using var home = TestHome.None();
        (await home.RunAsync("watch")).Fails("[HomeNotFound]");
        (await home.RunAsync("watch", "--once")).Fails("[HomeNotFound]");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_well_and_soon_even_in_the_middle_of_a_request(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var commit = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Add("pdf", "skill", "skills/pdf", commit).Save();
        scene.Server.Faults = _ => Fault.Hang();
        var environment = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN" }.ToDictionary(name => name, scene.Environment);
        await using var service = SkmService.Start(environment, "watch", "--home", scene.Home);
        await BackgroundScene.UntilAsync(() => scene.Server.Log.Total > 0);

        var (exitCode, duration) = await service.StopAsync(signal);
        Assert.True(exitCode == 0, string.Join('\n', service.Error));
        Assert.InRange(duration, TimeSpan.Zero, 3 * _second);
        Assert.Empty(service.Output);
        Assert.Empty(service.Error);
        Assert.Empty(LeaseOf(scene.Home));
    }

    [Fact]
    public async Task It_prints_a_line_for_each_run_and_for_changes()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        using var home = TestHome.WithSkills(2);
        await using var service = SkmService.Start(null, "watch", "--format", "json", "--interval", "3s", "--home", home.Home);
        await service.UntilOutputAsync("\"trigger\":\"time\"");
        home.Write(home.Manifest, File.ReadAllText(home.Manifest) + "# x\n");
        await service.UntilOutputAsync("\"trigger\":\"file_change\"");
        await BackgroundScene.UntilAsync(() => service.Output.Count >= 3);

        Assert.Equal(0, (await service.StopAsync()).ExitCode);
        Assert.All(service.Output, line => Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("succeeded").GetBoolean()));
        Assert.Empty(service.Error);
    }

    [Fact]
    public async Task A_second_one_waits_says_so_and_takes_over()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        using var home = TestHome.WithSkills(2);
        // A file that was written a moment ago is read again the next time, and a native program starts within that moment.
        await Task.Delay(_settled, TestContext.Current.CancellationToken);
        await using var first = SkmService.Start(null, "watch", "--home", home.Home);
        await first.UntilOutputAsync("refreshed");
        await using var second = SkmService.Start(null, "watch", "--home", home.Home);
        await second.UntilErrorAsync($"Process {first.ProcessId} on {Environment.MachineName} refreshes this home. Waiting until it ends.");
        Assert.Empty(second.Output);

        Assert.Equal(0, (await first.StopAsync()).ExitCode);
        await second.UntilOutputAsync("nothing had expired");
        Assert.Contains("Refreshing this home now.", second.Error);
        var (exitCode, duration) = await second.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.InRange(duration, TimeSpan.Zero, 3 * _second);
    }

    [Fact]
    public async Task The_place_of_a_process_that_was_killed_is_taken()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        // Linux tells which processes are gone. Elsewhere the lease has to expire.
        var seconds = OperatingSystem.IsLinux() ? 6 : 70;
        await using var scene = new BackgroundScene();
        await using var killed = SkmService.Start(null, "watch", "--home", scene.Place.Home);
        await killed.UntilOutputAsync("refreshed");
        await killed.StopAsync("KILL");
        Assert.Equal([killed.ProcessId], LeaseOf(scene.Place.Home));

        // Only the clock of this service goes on.
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var service = BackgroundRefresh.Start(CollectionStore.Open(scene.Place.Home, time), scene.Options);
        await BackgroundScene.UntilAsync(() => service.Status.State is BackgroundRefreshState.Waiting or BackgroundRefreshState.Running);
        for (var passed = 0; service.Status.State != BackgroundRefreshState.Running; passed++)
        {
            Assert.InRange(passed, 0, seconds);
            time.Advance(_second);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Environment.ProcessId, service.Status.ProcessId);
    }

    private static List<long> LeaseOf(string home)
    {
        using var database = new CacheDatabase(CacheLocation.Find(new HomeLayout(home), _ => null), TimeProvider.System, _ => { });
        return database.Run(connection => connection.Query("SELECT process FROM refresh_lease", row => row.GetInt64(0)));
    }
}

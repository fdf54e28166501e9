using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SkillMeat.Cache;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Search;
using SkillMeat.Cache.Stale;
using SkillMeat.Collections;
using SkillMeat.Tests.Cache.Background;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>Work in the cache can be cancelled, whatever it waits for.</summary>
public sealed class CacheCancellationTests : IDisposable
{
    private const string Endless = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number) SELECT count(*) FROM number";

    private readonly TestHome _home = TestHome.WithSkills(3);

    [Theory]
    [InlineData(null)]
    [InlineData("off")]
    public void A_statement_that_runs_is_cancelled(string? variable)
    {
        using var cache = Open(variable);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => cache.Database.Run(connection => connection.Number(Endless), cancel.Token));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(3, CachedArtifacts.Of(cache).Count);
    }

    [Fact]
    public void Waiting_for_another_program_is_cancelled()
    {
        using var cache = Open();
        CachedArtifacts.Of(cache);
        using var other = Lock();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => cache.Database.Run(connection => connection.Write(() => connection.Execute("DELETE FROM entry")), cancel.Token));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_program_that_does_not_let_go_costs_five_seconds_once()
    {
        using var cache = Open();
        CachedArtifacts.Of(cache);
        using var other = Lock();
        var watch = Stopwatch.StartNew();

        Assert.False(cache.Database.TryRun(connection => connection.Write(() => connection.Execute("DELETE FROM entry")), out _, out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.Locked, trouble);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(9));
        watch.Restart();
        Assert.Equal(3, CachedArtifacts.Of(cache).Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Questions_and_a_rebuild_are_cancelled()
    {
        using var cache = Open();
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new ArtifactSearch(cache, _ => null).Search(new ArtifactSearchRequest { Text = "text" }, cancel.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => new DeploymentOverview(cache, _ => null).Find(new DeploymentQuery(), cancel.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => new StaleArtifacts(cache, _ => null).Find(new StaleQuery(), cancel.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => new CacheMaintenance(cache).Update(rebuild: true, cancel.Token));
        Assert.Equal(3, new ArtifactSearch(cache, _ => null).Search(new ArtifactSearchRequest { Text = "text" }, TestContext.Current.CancellationToken).Total);
    }

    [Fact]
    public void The_transaction_of_cancelled_work_is_undone()
    {
        using var cache = Open();
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => cache.Database.Run(
            connection => connection.Write(() =>
            {
                connection.Execute("INSERT INTO entry(kind, key, value, stored, used, sum) VALUES('x', 'y', x'', 0, 0, 0)");
                cancel.Cancel();
                return connection.Number(Endless);
            }),
            cancel.Token));

        Assert.Equal(0, cache.Database.Run(connection => connection.Number("SELECT count(*) FROM entry"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_service_stops_soon_while_another_program_locks_the_file()
    {
        await using var scene = new BackgroundScene(home: _home);
        using (var cache = scene.OpenCache()) CachedArtifacts.Of(cache);
        using var other = Lock();
        var service = scene.Start();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();

        await service.StopAsync();

        Assert.True(service.Completion.IsCompleted);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    public void Dispose()
    {
        if (Directory.Exists(_home.Place)) _home.Dispose();
    }

    private HomeCache Open(string? variable = null) => HomeCache.Open(CollectionStore.Open(_home.Home), new HomeCacheOptions { Environment = name => name == CacheLocation.EnvironmentVariable ? variable : null });

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={_home.At("cache", CacheLocation.FileName)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }
}

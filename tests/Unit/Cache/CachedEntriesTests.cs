using System.Text;
using SkillMeat.Cache;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>Answers that are kept for a while.</summary>
public sealed class CachedEntriesTests
{
    private const string Kind = "etag";

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_entry_is_there_until_it_expires_and_in_other_processes_too()
    {
        using var home = TestHome.Sample();
        using (var cache = Open(home))
        {
            cache.Entries.Set(Kind, "a", [1, 2], TimeSpan.FromMinutes(5));
            Assert.Equal([1, 2], cache.Entries.Get(Kind, "a"));
        }

        using var other = Open(home);
        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal([1, 2], other.Entries.Get(Kind, "a"));
        Assert.Null(other.Entries.Get("another kind", "a"));
        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Null(other.Entries.Get(Kind, "a"));
        // Better than nothing when upstream cannot be reached.
        Assert.Equal([1, 2], other.Entries.Find(Kind, "a")!.Value);
        Assert.True(other.Entries.Find(Kind, "a")!.IsExpiredAt(_time.GetUtcNow()));
    }

    [Fact]
    public void Exactly_the_invalidated_entries_are_forgotten()
    {
        using var home = TestHome.Sample();
        using var cache = Open(home);
        cache.Entries.Set(Kind, [("a", [1]), ("b", [2]), ("c", [3])], Timeout.InfiniteTimeSpan);
        cache.Entries.Set("other", "a", [4], Timeout.InfiniteTimeSpan);

        Assert.Equal(1, cache.Entries.Invalidate(Kind, "b"));
        Assert.Equal(["a", "c"], Left(cache, Kind));
        Assert.Equal(2, cache.Entries.Invalidate(Kind));
        Assert.Equal([], Left(cache, Kind));
        Assert.Equal(["a"], Left(cache, "other"));
        cache.Entries.Clear();
        Assert.Equal([], Left(cache, "other"));
    }

    [Fact]
    public void Entries_that_nobody_used_for_a_week_are_deleted()
    {
        using var home = TestHome.Sample();
        using (var cache = Open(home)) cache.Entries.Set(Kind, [("used", [1]), ("unused", [2])], Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(6));
        using (var cache = Open(home)) Assert.NotNull(cache.Entries.Get(Kind, "used"));
        _time.Advance(TimeSpan.FromDays(2));
        using (var cache = Open(home)) Assert.Equal(1, cache.Entries.Cleanup(TestContext.Current.CancellationToken));
        using (var cache = Open(home)) Assert.Equal(["used"], Left(cache, Kind));
    }

    [Fact]
    public void Hits_and_misses_of_all_processes_are_counted()
    {
        using var home = TestHome.Sample();
        for (var process = 0; process < 3; process++)
        {
            using var cache = Open(home);
            if (process == 0) cache.Entries.Set(Kind, "a", [1], Timeout.InfiniteTimeSpan);
            cache.Entries.Get(Kind, "a");
            cache.Entries.Get(Kind, "a");
            cache.Entries.Get(Kind, "missing");
        }

        using var last = Open(home);
        var status = new CacheMaintenance(last).GetStatus(TestContext.Current.CancellationToken);
        Assert.Equal((6, 3), (status.Hits, status.Misses));
        Assert.Equal(2 / 3.0, status.HitRate!.Value, 3);
        _time.Advance(TimeSpan.FromDays(31));
        Assert.Null(new CacheMaintenance(last).GetStatus(TestContext.Current.CancellationToken).HitRate);
    }

    [Theory]
    [InlineData("value = x'05'")]
    [InlineData("stored = 1")]
    [InlineData("expires = 0")]
    public void A_damaged_entry_is_no_answer(string damage)
    {
        using var home = TestHome.Sample();
        var reports = new List<string>();
        using (var cache = Open(home))
        {
            cache.Entries.Set(Kind, "a", Encoding.UTF8.GetBytes("right"), Timeout.InfiniteTimeSpan);
            cache.Database.Run(connection => connection.Execute($"UPDATE entry SET {damage}"), TestContext.Current.CancellationToken);
        }

        using var other = Open(home, reports);
        Assert.Null(other.Entries.Find(Kind, "a"));
        Assert.Contains("was damaged", Assert.Single(reports), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cleared_cache_stays_away_until_it_is_asked_again()
    {
        using var home = TestHome.Sample();
        var file = home.At("cache", "skillmeat-engine.db");
        using (var cache = Open(home))
        {
            cache.Entries.Set(Kind, "a", [1], Timeout.InfiniteTimeSpan);
            cache.Entries.Get(Kind, "a");
            Assert.True(File.Exists(file));
            new CacheMaintenance(cache).Clear();
        }

        Assert.False(File.Exists(file));
        using (var cache = Open(home)) new CacheMaintenance(cache).Clear();
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Without_a_file_entries_last_as_long_as_the_process()
    {
        using var home = TestHome.Sample();
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home, _time), new HomeCacheOptions { Environment = _ => "off" });
        cache.Entries.Set(Kind, "a", [1], Timeout.InfiniteTimeSpan);

        Assert.Equal([1], cache.Entries.Get(Kind, "a"));
        Assert.Equal(CacheState.Off, new CacheMaintenance(cache).GetStatus(TestContext.Current.CancellationToken).State);
    }

    private static string[] Left(HomeCache cache, string kind) => [.. new[] { "a", "b", "c", "used", "unused" }.Where(key => cache.Entries.Find(kind, key) is not null)];

    private HomeCache Open(TestHome home, List<string>? reports = null) =>
        HomeCache.Open(CollectionStore.Open(home.Home, _time), new HomeCacheOptions { Environment = _ => null, Report = report => { if (reports is null) Assert.Fail(report); else reports.Add(report); } });
}

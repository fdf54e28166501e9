using System.Diagnostics;
using SkillMeat.Cache.Background;
using Xunit;

namespace SkillMeat.Tests.Cache.Background;

/// <summary>The service leaves nothing behind that grows with time. Its tests run alone, because they measure the memory of the process.</summary>
[Collection(nameof(BackgroundGrowthTests))]
[CollectionDefinition(nameof(BackgroundGrowthTests), DisableParallelization = true)]
public sealed class BackgroundGrowthTests
{
    [Fact]
    public async Task An_hour_leaves_no_more_than_a_run_does()
    {
        await using var scene = new BackgroundScene(skills: 50);
        var service = scene.Start();
        await scene.AdvanceUntilAsync(() => scene.TimedRuns.Count() == 4, TimeSpan.FromMinutes(30), stepSeconds: 10);
        scene.Runs.Clear();
        var (size, memory, rows, handles) = (SizeOf(scene), Live(), CountRows(scene), CountHandles());

        await scene.AdvanceAsync(TimeSpan.FromHours(1), stepSeconds: 10);
        await BackgroundScene.UntilAsync(() => service.Status.State == BackgroundRefreshState.Running);
        // Fewer where the machine is slower than the clock of the test.
        Assert.InRange(scene.Runs.Count, 5, 13);
        Assert.Equal(1.0, service.Status.SuccessRate);
        // The journal beside it begins anew when no connection reads at that moment, so it is not the same every time.
        Assert.Equal(size, SizeOf(scene));
        Assert.InRange(Directory.GetFiles(scene.Place.At("cache")).Sum(file => new FileInfo(file).Length), 0, size + 1_000_000);
        Assert.InRange(Live() - memory, long.MinValue, 2_000_000);
        Assert.Equal(50, scene.InDatabase(connection => connection.Number("SELECT count(*) FROM upstream_state")));
        Assert.Equal(rows, CountRows(scene));
        Assert.InRange(CountHandles(), 0, handles + 3);
    }

    private static long SizeOf(BackgroundScene scene) => new FileInfo(scene.Place.At("cache", "skillmeat-engine.db")).Length;

    private static List<string> CountRows(BackgroundScene scene) => scene.InDatabase(connection => connection
        .Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", row => row.GetString(0))
        .ConvertAll(table => $"{table} {connection.Number($"SELECT count(*) FROM \"{table}\"")}"));

    private static int CountHandles() => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : Process.GetCurrentProcess().HandleCount;

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

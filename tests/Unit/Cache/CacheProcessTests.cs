using System.Globalization;
using SkillMeat.Cache;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>Several processes use one cache, and some of them are killed.</summary>
public sealed class CacheProcessTests
{
    /// <summary>The environment variable with the time for which processes use the cache at once.</summary>
    private const string SecondsVariable = "SKILLMEAT_CACHE_TEST_SECONDS";

    public static int Seconds => int.TryParse(Environment.GetEnvironmentVariable(SecondsVariable), CultureInfo.InvariantCulture, out var seconds) ? seconds : 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_that_read_and_write_at_once_lose_nothing()
    {
        using var home = TestHome.WithSkills(20);
        var processes = Enumerable.Range(0, 8).Select(number => HostProcess.Start("cache", home.Home, number.ToString(CultureInfo.InvariantCulture), (Seconds * 1000).ToString(CultureInfo.InvariantCulture))).ToList();
        for (var number = 0; number < processes.Count; number++)
        {
            using var process = processes[number];
            var lines = (await process.Output.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(await process.WaitAsync(Cancellation) == 0, $"{string.Join('\n', lines)}\n{process.Errors}");
            TestContext.Current.SendDiagnosticMessage($"process {number} wrote {lines[^1]} times");
            AssertHas(home, number, int.Parse(lines[^1], CultureInfo.InvariantCulture));
        }

        AssertSound(home);
    }

    [Fact]
    public async Task A_killed_process_loses_nothing_that_was_written()
    {
        using var home = TestHome.WithSkills(20);
        for (var number = 0; number < 6; number++)
        {
            using var process = HostProcess.Start("cache", home.Home, number.ToString(CultureInfo.InvariantCulture), "60000");
            string? last = null;
            for (var left = 3 + (number * 7); left > 0; left--) last = await process.Output.ReadLineAsync(Cancellation);
            await process.KillAsync(Cancellation);
            AssertHas(home, number, int.Parse(last!, CultureInfo.InvariantCulture));
        }

        AssertSound(home);
    }

    private static void AssertHas(TestHome home, int process, int last)
    {
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null, Report = report => Assert.Fail(report) });
        for (var number = 0; number <= last; number++) Assert.NotNull(cache.Entries.Find(CacheScenario.Kind, CacheScenario.KeyOf(process, number)));
    }

    private static void AssertSound(TestHome home)
    {
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null });
        Assert.True(cache.Database.TryRun(connection => connection.Text("PRAGMA integrity_check"), out var answer));
        Assert.Equal("ok", answer);
        Assert.Empty(Directory.GetFiles(home.At("cache"), $"{CacheLocation.FileName}.damaged-*"));
    }
}

using System.Diagnostics;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Storage;

/// <summary>Storage uses the clock and the random numbers that are passed in.</summary>
public sealed class PassedInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_is_waited_for_by_the_clock_that_is_passed_in()
    {
        using var home = new TempHome();
        var time = new ManualTimeProvider();
        var storage = new HomeStorage(home.Path, time, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var started = Stopwatch.GetTimestamp();
        var waiting = storage.LockAsync(["home"], TimeSpan.FromHours(1), Cancellation);
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1, Cancellation);
        }

        Assert.InRange((await Assert.ThrowsAsync<LockTimeoutException>(() => waiting)).Waited.TotalMinutes, 60, 70);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMinutes, 0, 5);
    }

    [Fact]
    public async Task The_same_random_numbers_make_the_same_names()
    {
        Assert.Equal(await MarkAsync(seed: 7), await MarkAsync(seed: 7));
        Assert.NotEqual(await MarkAsync(seed: 7), await MarkAsync(seed: 8));
    }

    private static async Task<string> MarkAsync(int seed)
    {
        using var home = new TempHome();
        var storage = new HomeStorage(home.Path, TimeProvider.System, new Random(seed));
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        transaction.Write(home.At("file"), "x"u8.ToArray(), FileExpectation.Absent);
        transaction.Commit(Cancellation);
        return await File.ReadAllTextAsync(home.At("locks", "generation"), Cancellation);
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Tests.CrashHost;
using Xunit;

namespace SkillMeat.Tests.Storage;

public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly ParallelOptions _twoAtOnce = new() { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_dies_before_any_step_leaves_the_old_or_the_new_state()
    {
        var (before, after, steps) = await ObserveAsync(new Faults());
        var outcomes = new ConcurrentDictionary<int, string>();
        await Parallel.ForEachAsync(Enumerable.Range(1, steps.Count), _twoAtOnce, async (step, cancellation) =>
        {
            using var home = TempHome.WithScenario();
            Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "transact", home.Path, Text(step)));
            outcomes[step] = CheckRecovery(home, before, after, $"died before step {step} ({steps[step - 1]})");
        });
        Assert.Equal(steps.Count, outcomes.Count);
        var firstNew = outcomes.Where(one => one.Value == "new").Min(one => one.Key);
        Assert.All(outcomes, one => Assert.Equal(one.Key < firstNew ? "old" : "new", one.Value));
        Assert.Equal(StorageStep.MoveJournal, steps[firstNew - 2].Step);
        Assert.True(steps.Count >= 40, $"only {steps.Count} steps");
        output.WriteLine($"{steps.Count} crash points, new from step {firstNew} on ({steps[firstNew - 2].Step})");
    }

    [Fact]
    public async Task A_process_that_dies_while_it_takes_a_change_back_leaves_the_old_state()
    {
        var (_, _, healthy) = await ObserveAsync(new Faults());
        var refused = healthy.FindLastIndex(one => one.Step == StorageStep.Rename) + 1;
        var (before, after, steps) = await ObserveAsync(new Faults((number, _, _) =>
        {
            if (number == refused) throw Faults.DiskFull;
        }));
        var tried = 0;
        await Parallel.ForEachAsync(Enumerable.Range(refused + 1, steps.Count - refused), _twoAtOnce, async (step, cancellation) =>
        {
            using var home = TempHome.WithScenario();
            Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "transact", home.Path, Text(step), Text(refused)));
            var outcome = CheckRecovery(home, before, after, $"died before step {step} ({steps[step - 1]})");

            // Until the journal orders a rollback, recovery goes forward.
            if (step > refused + 1) Assert.Equal("old", outcome);
            Interlocked.Increment(ref tried);
        });
        Assert.True(tried >= 15, $"only {tried} steps");
        output.WriteLine($"{tried} crash points while undoing, step {refused} refused");
    }

    [Fact]
    public async Task A_recovery_that_dies_before_any_step_is_finished_by_the_next()
    {
        var (before, after, steps) = await ObserveAsync(new Faults());
        var moves = steps.Select((one, index) => (one.Step, Number: index + 1)).Where(one => one.Step == StorageStep.MoveJournal).Select(one => one.Number).ToList();

        // Just before the point of no return, just after it, during the renames, and during the clean-up.
        var points = new List<(int Died, int Step)>();
        foreach (var died in new[] { moves[0], moves[0] + 1, moves[0] + 4, moves[1] + 3 })
        {
            using var home = TempHome.WithScenario();
            await AbandonAsync(home, died);
            var recovery = new Faults();
            Assert.Null(new HomeStorage(home.Path, TimeProvider.System, Random.Shared, recovery).Recover(Cancellation).Problem);
            points.AddRange(Enumerable.Range(1, recovery.Steps.Count).Select(step => (died, step)));
        }

        await Parallel.ForEachAsync(points, _twoAtOnce, async (point, cancellation) =>
        {
            using var home = TempHome.WithScenario();
            await AbandonAsync(home, point.Died);
            Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "recover", home.Path, Text(point.Step)));
            var outcome = CheckRecovery(home, before, after, $"died before {point.Died}, its recovery before {point.Step}");
            Assert.Equal(point.Died <= moves[0] ? "old" : "new", outcome);
        });
        Assert.True(points.Count >= 40, $"only {points.Count} points");
        output.WriteLine($"{points.Count} crash points during recovery");
    }

    [Fact]
    public async Task A_home_that_was_moved_after_a_crash_is_recovered_where_it_is_now()
    {
        var (_, after, steps) = await ObserveAsync(new Faults());
        using var home = TempHome.WithScenario();
        await HostProcess.RunAsync(Cancellation, "transact", home.Path, Text(steps.FindIndex(one => one.Step == StorageStep.MoveJournal) + 5));
        File.Delete(home.At("config.toml"));
        home.MoveTo(home.Path + "-moved");
        File.CreateSymbolicLink(home.At("config.toml"), Path.Combine("dotfiles", "config.toml"));
        Assert.Equal(1, new HomeStorage(home.Path, TimeProvider.System, Random.Shared).Recover(Cancellation).Finished);
        Assert.Equal(after, home.Tree());
    }

    // A transaction in which everything fails from a step on leaves the same state as a dead process, and is cheaper.
    private static async Task AbandonAsync(TempHome home, int step)
    {
        await Record.ExceptionAsync(() => Scenario.RunAsync(home.Path, new Faults((number, _, _) =>
        {
            if (number >= step) throw Faults.Denied;
        }), Cancellation));
        Assert.Single(Directory.GetFiles(home.At(".transactions")));
    }

    private static async Task<(string Before, string After, List<(StorageStep Step, string Path)> Steps)> ObserveAsync(Faults faults)
    {
        using var home = TempHome.WithScenario();
        var before = home.Tree();
        using (var healthy = TempHome.WithScenario())
        {
            await Scenario.RunAsync(healthy.Path, null, Cancellation);
            var error = await Record.ExceptionAsync(() => Scenario.RunAsync(home.Path, faults, Cancellation));
            Assert.Equal(error is null ? healthy.Tree() : before, home.Tree());
            return (before, healthy.Tree(), faults.Steps);
        }
    }

    // Readers must see the same state before the recovery as after it.
    private static string CheckRecovery(TempHome home, string before, string after, string situation)
    {
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        var seen = Read(storage);
        var report = storage.Recover(Cancellation);
        Assert.True(report.Problem is null && report.Waiting == 0 && report.PutAside.Count == 0, $"{situation}: {report}");
        var tree = home.Tree();
        Assert.True(tree == before || tree == after, $"{situation}, and then the home was\n{tree}");
        Assert.Equal(seen, Read(storage));
        Assert.Equal(RecoveryReport.Nothing, storage.Recover(Cancellation));
        return tree == before ? "old" : "new";
    }

    private static string Read(HomeStorage storage)
    {
        var collection = Path.Combine(storage.Home, "collections", "default");
        var contents = storage.ReadConsistent(
        [
            Path.Combine(collection, "collection.toml"), Path.Combine(collection, "skills", "fresh", "SKILL.md"), Path.Combine(collection, "obsolete.md"),
            Path.Combine(storage.Home, "config.toml"),
        ], Cancellation);
        return string.Join('|', contents.Select(content => content is null ? "-" : Encoding.UTF8.GetString(content)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Tests.CrashHost;
using Xunit;

namespace SkillMeat.Tests.Storage;

public sealed class FaultTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the disk is full", false)]
    [InlineData("permission denied", false)]
    [InlineData("the disk is full", true)]
    [InlineData("permission denied", true)]
    public async Task A_step_that_the_file_system_refuses_leaves_the_old_or_the_new_state(string reason, bool everAfter)
    {
        var (before, after, count) = await ObserveAsync();
        var outcomes = new Dictionary<string, int>();
        for (var step = 1; step <= count; step++)
        {
            using var home = TempHome.WithScenario();
            var failing = step;
            var error = await Record.ExceptionAsync(() => Scenario.RunAsync(home.Path, new Faults((number, _, _) =>
            {
                if (number == failing || (everAfter && number > failing)) throw reason == "the disk is full" ? Faults.DiskFull : Faults.Denied;
            }), Cancellation));
            var outcome = error is null ? "none" : CheckError(error, reason, home.Path);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            var atOnce = Targets(home);
            Assert.Null(new HomeStorage(home.Path, TimeProvider.System).Recover(Cancellation).Problem);
            var expected = outcome switch
            {
                "none" => after,
                ErrorIds.StorageFailed => before,
                _ => home.Tree() == before ? before : after,
            };
            Assert.True(home.Tree() == expected, $"step {step}, {outcome}: the home is\n{home.Tree()}");
            if (outcome != ErrorIds.RecoveryPending) Assert.Equal(Targets(home), atOnce);
            Assert.True(everAfter || outcome != ErrorIds.RecoveryPending, $"step {step}: {error?.Message}");
        }

        Assert.True(count >= 40 && outcomes.GetValueOrDefault(ErrorIds.StorageFailed) >= 25 && outcomes.GetValueOrDefault("none") >= 5);
        output.WriteLine($"{count} steps: {string.Join(", ", outcomes.Select(one => $"{one.Key} {one.Value}"))}");
    }

    [Fact]
    public async Task One_refusal_leaves_nothing_behind_even_before_a_recovery()
    {
        var (before, _, count) = await ObserveAsync();
        var checkedSteps = 0;
        for (var step = 1; step <= count; step++)
        {
            using var home = TempHome.WithScenario();
            var failing = step;
            var error = await Record.ExceptionAsync(() => Scenario.RunAsync(home.Path, new Faults((number, _, _) =>
            {
                if (number == failing) throw Faults.DiskFull;
            }), Cancellation));
            if (error is null) continue;
            Assert.Equal(before, home.Tree());
            checkedSteps++;
        }

        Assert.True(checkedSteps >= 25, $"only {checkedSteps} steps");
    }

    [Fact]
    public async Task A_backup_that_can_not_be_deleted_is_no_failure_and_goes_with_the_next_transaction()
    {
        using var home = TempHome.WithScenario();
        var isBroken = true;
        var storage = new HomeStorage(home.Path, TimeProvider.System, new Faults((_, step, _) =>
        {
            if (isBroken && step == StorageStep.DeleteFile) throw Faults.Denied;
        }));
        using var held = await storage.LockAsync([Scenario.First, Scenario.Second], TimeSpan.Zero, Cancellation);
        var transaction = Scenario.Commit(storage, held, Cancellation);
        Assert.Equal(ErrorIds.StorageFailed, transaction.CleanupProblem?.ErrorId);
        Assert.NotEmpty(Directory.GetFiles(home.At(".transactions")));
        isBroken = false;
        var next = storage.Begin(held);
        next.Write(home.At("other"), "x"u8.ToArray());
        next.Commit(Cancellation);
        Assert.Null(next.CleanupProblem);
        Assert.DoesNotContain(".skm-", home.Tree(), StringComparison.Ordinal);
        Assert.DoesNotContain(".transactions", home.Tree(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_can_not_be_taken_back_says_so_and_is_settled_at_the_next_open()
    {
        using var home = TempHome.WithScenario();
        var renames = 0;
        var error = await Assert.ThrowsAsync<StorageException>(() => Scenario.RunAsync(home.Path, new Faults((_, step, _) =>
        {
            // The first is the journal's, the second the journal's with what was staged, the third the first target's.
            if (step == StorageStep.Rename && ++renames >= 4) throw Faults.Denied;
        }), Cancellation));
        Assert.Equal(ErrorIds.RecoveryPending, error.ErrorId);
        Assert.Contains("permission denied", error.Message, StringComparison.Ordinal);
        Assert.Contains("the next open of the home settles it", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        using var untouched = TempHome.WithScenario();
        Assert.Equal(1, new HomeStorage(home.Path, TimeProvider.System).Recover(Cancellation).TakenBack);
        Assert.Equal(untouched.Tree(), home.Tree());
    }

    [Fact]
    public async Task A_home_that_can_not_be_written_is_read_through_what_a_dead_writer_staged()
    {
        var (_, after, _) = await ObserveAsync();
        using var home = TempHome.WithScenario();
        var renames = 0;
        await Assert.ThrowsAsync<StorageException>(() => Scenario.RunAsync(home.Path, new Faults((_, step, _) =>
        {
            // The second target and everything after it is refused, so the journal stays committed with one target replaced.
            if ((step == StorageStep.Rename && ++renames >= 3) || renames >= 3) throw Faults.ReadOnly;
        }), Cancellation));
        var tree = home.Tree();
        var storage = new HomeStorage(home.Path, TimeProvider.System, new Faults((_, _, _) => throw Faults.ReadOnly));
        var report = storage.Recover(Cancellation);
        Assert.Equal(1, report.Waiting);
        Assert.Contains("read-only file system", report.Problem?.Message, StringComparison.Ordinal);
        var contents = storage.ReadConsistent([home.At("collections", "default", "collection.toml"), home.At("config.toml"), home.At("collections", "default", "obsolete.md")], Cancellation);
        Assert.Equal(["new manifest", "new config", null], contents.Select(content => content is null ? null : Encoding.UTF8.GetString(content)));
        Assert.Equal(tree, home.Tree());
        Assert.Null(new HomeStorage(home.Path, TimeProvider.System).Recover(Cancellation).Problem);
        Assert.Equal(after, home.Tree());
    }

    [Fact]
    public void An_undisturbed_home_is_recovered_and_read_without_a_single_effect()
    {
        using var home = TempHome.WithScenario();
        var faults = new Faults();
        var storage = new HomeStorage(home.Path, TimeProvider.System, faults);
        Assert.Same(RecoveryReport.Nothing, storage.Recover(Cancellation));
        Assert.Equal("old config"u8.ToArray(), storage.ReadConsistent([home.At("config.toml")], Cancellation)[0]);
        Assert.Empty(faults.Steps);
        Assert.False(Directory.Exists(home.At("locks")));
    }

    private static async Task<(string Before, string After, int Count)> ObserveAsync()
    {
        using var home = TempHome.WithScenario();
        var before = home.Tree();
        var faults = new Faults();
        await Scenario.RunAsync(home.Path, faults, Cancellation);
        return (before, home.Tree(), faults.Steps.Count);
    }

    private static string CheckError(Exception error, string reason, string home)
    {
        var storage = Assert.IsType<StorageException>(error);
        Assert.Contains(reason, storage.Message, StringComparison.Ordinal);
        Assert.Contains(home, storage.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', storage.Message);
        return storage.ErrorId;
    }

    private static string Targets(TempHome home) => string.Join('\n', home.Tree().Split('\n').Where(line => line.StartsWith("file", StringComparison.Ordinal)
        && !line.Contains(".skm-", StringComparison.Ordinal) && !line.Contains(".transactions", StringComparison.Ordinal)));
}

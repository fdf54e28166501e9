using System.Collections.Concurrent;
using System.Globalization;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Recovery;

/// <summary>Whatever happens at whatever step of an operation: afterwards the collections are as before or as after it, all of them, and nothing else is left.</summary>
public sealed class OperationCrashTests(ITestOutputHelper output)
{
    private static readonly ParallelOptions _twoAtOnce = new() { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };

    public static TheoryData<string> Operations => [.. OperationScenario.Names];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_process_that_dies_leaves_the_old_or_the_new_state(string operation)
    {
        using var scene = await OperationScene.PrepareAsync();
        var old = scene.Old;
        var (@new, steps) = await scene.ObserveAsync(operation);
        Assert.NotEqual(old, @new);
        var chosen = Choose(steps);
        var outcomes = new ConcurrentDictionary<int, string>();
        await Parallel.ForEachAsync(chosen, _twoAtOnce, async (step, cancellation) =>
        {
            var home = scene.NewHome();
            var what = $"{operation}, died before step {step} of {steps.Count} ({steps[step - 1].Step})";
            Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "operate", home, step.ToString(CultureInfo.InvariantCulture), operation, scene.Place));
            outcomes[step] = await OperationScene.CheckAsync(home, old, @new, what);
            if (outcomes[step] == "old")
            {
                await OperationScenario.RunAsync(scene.Place, home, operation, faults: null);
                Assert.Equal("new", await OperationScene.CheckAsync(home, old, @new, $"{what}, then done again"));
            }

            Directory.Delete(home, recursive: true);
        });
        var firstNew = outcomes.Where(one => one.Value == "new").Select(one => one.Key).DefaultIfEmpty(int.MaxValue).Min();
        Assert.All(outcomes, one => Assert.Equal(one.Key < firstNew ? "old" : "new", one.Value));
        output.WriteLine($"{operation}: {outcomes.Count} of {steps.Count} steps at which a process died, new from step {firstNew} on");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_step_that_the_file_system_refuses_is_taken_back_and_the_next_try_succeeds(string operation)
    {
        using var scene = await OperationScene.PrepareAsync();
        var old = scene.Old;
        var (@new, steps) = await scene.ObserveAsync(operation);
        var (tried, refused) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(1, steps.Count), _twoAtOnce, async (step, _) =>
        {
            var home = scene.NewHome();
            var fault = FaultAt(step);
            var what = $"{operation}, {fault.Message} at step {step} of {steps.Count} ({steps[step - 1].Step})";
            var error = await Record.ExceptionAsync(() => OperationScenario.RunAsync(scene.Place, home, operation, new Faults((number, _, _) =>
            {
                if (number == step) throw fault;
            })));
            Assert.True(error is null or StorageException, $"{what}: {error}");
            if (error is StorageException refusal)
            {
                Assert.True(refusal.Message.Contains(Path.GetFileName(scene.Place), StringComparison.Ordinal), $"{what}: the message names no path: {refusal.Message}");
                Interlocked.Increment(ref refused);
            }

            var outcome = await OperationScene.CheckAsync(home, old, @new, what);
            // What is reported as failed has not happened, unless it is said that it is settled later.
            if (error is StorageException { ErrorId: not ErrorIds.RecoveryPending } failed && outcome == "new") Assert.Fail($"{what}: it happened all the same: {failed.Message}");
            if (error is null) Assert.Equal("new", outcome);
            if (outcome == "old")
            {
                await OperationScenario.RunAsync(scene.Place, home, operation, faults: null);
                Assert.Equal("new", await OperationScene.CheckAsync(home, old, @new, $"{what}, then done again"));
            }

            Directory.Delete(home, recursive: true);
            Interlocked.Increment(ref tried);
        });
        Assert.Equal(steps.Count, tried);
        output.WriteLine($"{operation}: {tried} steps refused, {refused} of them an error");
    }

    // A process takes a tenth of a second to start. Each kind of step in each phase is tried, and every third of all; by hand, an environment variable asks for every single one.
    private static List<int> Choose(IReadOnlyList<(StorageStep Step, string Path)> steps)
    {
        if (Environment.GetEnvironmentVariable("SKILLMEAT_EVERY_CRASH_POINT") is { Length: > 0 }) return [.. Enumerable.Range(1, steps.Count)];
        var seen = new HashSet<(StorageStep, int)>();
        var phase = 0;
        var chosen = new List<int>();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Step == StorageStep.MoveJournal) phase++;
            if (seen.Add((steps[i].Step, phase)) || i % 3 == 0 || (i > 0 && steps[i - 1].Step == StorageStep.MoveJournal)) chosen.Add(i + 1);
        }

        return chosen;
    }

    private static Exception FaultAt(int step) => (step % 3) switch
    {
        0 => Faults.DiskFull,
        1 => Faults.Denied,
        _ => Faults.InUse,
    };
}

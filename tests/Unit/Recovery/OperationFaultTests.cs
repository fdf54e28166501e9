using System.Collections.Concurrent;
using System.Globalization;
using SkillMeat.Errors;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Recovery;

/// <summary>If the file system refuses a step of a change, once or from then on, the error names the reason, everything is as before, nothing is left over, and the next attempt succeeds.</summary>
public sealed class OperationFaultTests(ITestOutputHelper output)
{
    private const string DiskFull = "the disk is full";

    private static readonly ParallelOptions _twoAtOnce = new() { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };

    private static readonly IReadOnlyList<(string Reason, bool EverAfter, Func<Exception> Make)> _refusals =
    [
        (DiskFull, false, () => Faults.DiskFull),
        ("permission denied", false, () => Faults.Denied),
        ("in use by another program", false, () => Faults.InUse),
        (DiskFull, true, () => Faults.DiskFull),
    ];

    // Half of the refusals at each step, and the other half at the next one. With 1 in the environment, all of them at all steps.
    private static int EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 2) : 2;

    public static TheoryData<string> Operations => [.. OperationNames.All];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_step_that_is_refused_fails_is_rolled_back_and_succeeds_when_it_is_tried_again(string operation)
    {
        using var template = await OperationTemplate.MakeAsync(operation);
        var outcomes = new ConcurrentDictionary<(string Reason, bool EverAfter, string Outcome), int>();
        var points = _refusals.SelectMany((refusal, i) => Enumerable.Range(1, template.Steps.Count).Where(step => (step + i) % EveryNth == 0).Select(step => (refusal, step))).ToList();
        await Parallel.ForEachAsync(points, _twoAtOnce, async (point, cancellation) =>
        {
            var (refusal, step) = point;
            var outcome = await TryAsync(template, step, refusal, cancellation);
            outcomes.AddOrUpdate((refusal.Reason, refusal.EverAfter, outcome), 1, (_, count) => count + 1);
        });
        foreach (var refusal in _refusals)
        {
            var counts = outcomes.Where(one => (one.Key.Reason, one.Key.EverAfter) == (refusal.Reason, refusal.EverAfter)).OrderBy(one => one.Key.Outcome, StringComparer.Ordinal).ToList();
            var tried = points.Count(point => point.refusal == refusal);
            Assert.Equal(tried, counts.Sum(one => one.Value));
            output.WriteLine($"{operation}, {refusal.Reason}{(refusal.EverAfter ? " ever after" : "")}: {tried} of {template.Steps.Count} steps, {string.Join(", ", counts.Select(one => $"{one.Key.Outcome} {one.Value}"))}");
        }
    }

    private static async Task<string> TryAsync(OperationTemplate template, int step, (string Reason, bool EverAfter, Func<Exception> Make) refusal, CancellationToken cancellation)
    {
        var situation = $"{template.Operation}: {refusal.Reason}{(refusal.EverAfter ? " ever after" : "")} at step {step} ({template.Steps[step - 1]})";
        using var home = template.Copy();
        var error = await Record.ExceptionAsync(() => home.RunAsync(new Faults((number, _, _) =>
        {
            if (number == step || (refusal.EverAfter && number > step)) throw refusal.Make();
        }), cancellation));
        var outcome = error is null ? "no consequence" : Check(error, refusal.Reason, home.Path, situation);

        // A change with one refused step is rolled back immediately; if all steps are refused, the next open does so.
        var atOnce = home.State();
        if (!refusal.EverAfter && error is not null) Assert.True(atOnce == template.Before, $"{situation}: {error.Message}\n{HomeState.Difference(template.Before, atOnce)}");
        var isDone = home.Settle(situation);
        if (error is null) Assert.True(isDone, situation);
        else if (outcome != ErrorIds.RecoveryPending) Assert.False(isDone, situation);
        if (refusal.EverAfter) await home.AssertSoundAsync(situation, cancellation);

        // The next attempt is the same for all reasons.
        if (refusal.Reason == DiskFull) await home.FinishAsync(isDone, situation, cancellation);
        return outcome;
    }

    private static string Check(Exception error, string reason, string home, string situation)
    {
        var ours = error as SkillMeatException;
        Assert.True(ours is not null, $"{situation}: {error}");
        Assert.True(ours.Message.Contains(reason, StringComparison.Ordinal) && ours.Message.Contains(home, StringComparison.Ordinal) && !ours.Message.Contains('\n', StringComparison.Ordinal), $"{situation}: {ours.ErrorId} {ours.Message}");
        return ours.ErrorId;
    }
}

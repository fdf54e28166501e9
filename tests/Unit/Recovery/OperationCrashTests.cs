using System.Collections.Concurrent;
using System.Globalization;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Recovery;

/// <summary>Wherever a process dies while it changes collections, they are as before or as after, and the same operation can be run again.</summary>
public sealed class OperationCrashTests(ITestOutputHelper output)
{
    private static readonly ParallelOptions _fewAtOnce = new() { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken };

    // A process takes half a second of processor time. With 1 in the environment, all steps are tested.
    private static int EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? number : 16;

    public static TheoryData<string> Operations => [.. OperationNames.All];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_process_that_dies_before_any_step_leaves_the_old_or_the_new_state(string operation)
    {
        using var template = await OperationTemplate.MakeAsync(operation);
        var steps = template.ChooseSteps(EveryNth);
        var outcomes = new ConcurrentDictionary<int, bool>();
        await Parallel.ForEachAsync(steps, _fewAtOnce, async (step, cancellation) =>
        {
            var situation = $"{operation} died before step {step} ({template.Steps[step - 1]})";
            using var home = template.Copy();
            Assert.True(await HostProcess.RunAsync(cancellation, "operate", home.Path, step.ToString(CultureInfo.InvariantCulture), operation, template.Upstream) is not (0 or 64), situation);
            var isDone = home.Settle(situation);
            outcomes[step] = isDone;
            await home.AssertSoundAsync(situation, cancellation);
            await home.FinishAsync(isDone, situation, cancellation);
        });
        var firstNew = outcomes.Where(one => one.Value).Min(one => one.Key);
        Assert.All(outcomes, one => Assert.Equal(one.Key >= firstNew, one.Value));
        output.WriteLine($"{operation}: killed at {steps.Count} of {template.Steps.Count} steps, new from step {firstNew} on");
    }
}

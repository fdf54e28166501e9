using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Recovery;

/// <summary>A place that was prepared for an operation, the result of the operation, and its steps. Homes are copied from it.</summary>
internal sealed class OperationTemplate : IDisposable
{
    private readonly string _place = TryFolder.Create("skm-operation-");
    private readonly OperationPlace _prepared;

    private OperationTemplate(string operation)
    {
        Operation = operation;
        _prepared = new OperationPlace(_place);
    }

    public string Operation { get; }

    public string Upstream => _prepared.Upstream;

    /// <summary>The home without the operation.</summary>
    public string Before { get; private set; } = "";

    /// <summary>The home after it.</summary>
    public string After { get; private set; } = "";

    public IReadOnlyList<(StorageStep Step, string Path)> Steps { get; private set; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<OperationTemplate> MakeAsync(string operation)
    {
        var template = new OperationTemplate(operation);
        try
        {
            await template._prepared.PrepareAsync(operation, Cancellation);
            await template.RehearseAsync();
            return template;
        }
        catch
        {
            template.Dispose();
            throw;
        }
    }

    public OperationHome Copy() => new(this, _prepared.Home);

    /// <summary>The steps, counted from 1, before which a process is made to die: the first of each kind in each phase of each journal, and every so many of the rest.</summary>
    public IReadOnlyList<int> ChooseSteps(int everyNth)
    {
        var (seen, chosen, phase, rest) = (new HashSet<(StorageStep, int)>(), new List<int>(), 0, 0);
        for (var number = 1; number <= Steps.Count; number++)
        {
            var step = Steps[number - 1].Step;
            if (seen.Add((step, phase)) || rest++ % everyNth == 0) chosen.Add(number);
            if (step == StorageStep.MoveJournal) phase++;
        }

        return chosen;
    }

    public void Dispose() => TreeCopy.Delete(_place);

    private async Task RehearseAsync()
    {
        using var home = Copy();
        Before = home.State();
        var faults = new Faults();
        await home.RunAsync(faults, Cancellation);
        After = home.State();
        Steps = faults.Steps;
        Assert.NotEqual(Before, After);
        await home.AssertSoundAsync("rehearsed", Cancellation);

        using var again = Copy();
        var second = new Faults();
        await again.RunAsync(second, Cancellation);
        Assert.Equal(Steps.Select(one => one.Step), second.Steps.Select(one => one.Step));
        Assert.Equal("", HomeState.Difference(After, again.State()));
    }
}

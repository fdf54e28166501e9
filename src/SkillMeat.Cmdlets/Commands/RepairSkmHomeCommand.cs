using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Repair;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Looks through a home for what is not as it should be, and puts right what can be put right without losing anything.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "SkmHome", SupportsShouldProcess = true)]
[OutputType(typeof(RepairFinding))]
public sealed class RepairSkmHomeCommand : ChangingCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var mayRepair = await MayAsync(pipeline, $"home {store.Home}", "Repair");
        if (!mayRepair && !await pipeline.AskAsync(IsWhatIf))
        {
            return;
        }

        using var progress = ShowProgress(pipeline, "Looking through the home");
        foreach (var finding in await new HomeRepair(store).RepairAsync(dryRun: !mayRepair, LockTimeout, cancellationToken))
        {
            pipeline.Write(finding);
        }
    });
}

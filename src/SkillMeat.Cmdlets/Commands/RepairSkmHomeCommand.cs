using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Repair;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Finds problems in a home, and repairs those that can be repaired without losing data.</summary>
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

        using var progress = ShowProgress(pipeline, "Checking the home");
        foreach (var finding in await new HomeRepair(store).RepairAsync(dryRun: !mayRepair, LockTimeout, cancellationToken))
        {
            pipeline.Write(finding);
        }
    });
}

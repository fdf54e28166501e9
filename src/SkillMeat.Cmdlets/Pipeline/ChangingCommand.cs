using System.Management.Automation;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that change a home, under a lock.</summary>
public abstract class ChangingCommand : SkmCommand
{
    /// <summary>The time to wait for the lock, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double LockTimeoutSec { get; set; } = WaitSeconds.ForLock;

    /// <summary>The time to wait for the lock.</summary>
    protected TimeSpan LockTimeout => TimeSpan.FromSeconds(LockTimeoutSec);

    /// <summary>Runs work on each snapshot that the parameters or the current object of the pipeline name. An error of one does not keep the others from being processed.</summary>
    /// <param name="input">The value of <c>-InputObject</c>.</param>
    /// <param name="collections">The value of <c>-Collection</c>.</param>
    /// <param name="ids">The value of <c>-SnapshotId</c>.</param>
    /// <param name="work">The work. Called with the snapshots of the home, the snapshot, the queue for output, and a cancellation token.</param>
    private protected void ForEachSnapshot(
        PSObject? input, string[]? collections, string[]? ids, Func<CollectionSnapshots, SnapshotInfo, PipelineQueue, CancellationToken, Task> work) => ForEachInput(input, isExpected: ids is not { Length: > 0 }, piped =>
    {
        var target = piped is null ? SnapshotTarget.Of(collections, ids) : SnapshotTarget.Read(piped, collections, ids);
        if (target.Ids.Count == 0)
        {
            throw piped?.Refused("is not a snapshot. Pipe snapshots, or name one with -SnapshotId.") ?? new SkillMeatException(ErrorIds.InvalidArgument, "The id of a snapshot is empty.");
        }

        Run(async (store, pipeline, cancellationToken) =>
        {
            var finder = new SnapshotFinder(store, pipeline);
            foreach (var snapshot in finder.Find(target).ToList())
            {
                await pipeline.TryAsync(snapshot, () => work(finder.Snapshots, snapshot, pipeline, cancellationToken));
            }
        });
    });

    /// <summary>Asks for confirmation unless <c>-Force</c> is given. With <c>-WhatIf</c>, describes the change instead.</summary>
    /// <param name="pipeline">The queue to the thread that can prompt.</param>
    /// <param name="target">The object of the change.</param>
    /// <param name="action">The change.</param>
    /// <returns>Whether to make the change.</returns>
    protected Task<bool> ConfirmAsync(PipelineQueue pipeline, string target, string action) => pipeline.AskAsync(() =>
    {
        // An explicit -Confirm takes precedence over -Force.
        if (IsSet("Force") == true && !IsWhatIf() && IsSet("Confirm") != true)
        {
            WriteVerbose($"{action}: {target}.");
            return true;
        }

        return May(target, action);
    });

    /// <summary>Whether a change of medium impact is confirmed by the user, according to <c>-Confirm</c> and the preference. Requires the pipeline thread.</summary>
    private protected bool IsAsking() => IsSet("Confirm") ?? (LanguagePrimitives.ConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference")) is var preference && preference is not ConfirmImpact.None and <= ConfirmImpact.Medium);
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Removals;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes artifacts from collections, in one transaction for each collection. Takes a snapshot first, from which they can be restored.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmArtifact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(RemovedArtifact))]
public sealed class RemoveSkmArtifactCommand : CollectionArtifactCommand
{
    /// <summary>Whether to keep the files of the artifacts.</summary>
    [Parameter]
    public SwitchParameter KeepFiles { get; set; }

    /// <summary>Whether to take no snapshot first.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshot { get; set; }

    /// <summary>Whether to proceed without confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string ActionOnAll => "removes all";

    private protected override string Question => KeepFiles ? "Remove, and keep its files" : "Remove, with its files";

    private protected override async Task ChangeAsync(CollectionStore store, string collection, IReadOnlyList<string> artifacts, bool isDry, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var request = new RemoveRequest
        {
            Artifacts = artifacts,
            Collection = collection,
            KeepFiles = KeepFiles,
            SkipSnapshot = SkipSnapshot,
            DryRun = isDry,
            LockTimeout = LockTimeout,
        };
        using var progress = ShowProgress(pipeline, $"Removing from collection '{collection}'");
        var removed = await new ArtifactRemover(store).RemoveAsync(request, cancellationToken);
        foreach (var one in removed.Where(_ => PassThru))
        {
            pipeline.Write(one);
        }

        if (isDry)
        {
            return;
        }

        if (SkipSnapshot)
        {
            pipeline.Warn("No snapshot was taken, as requested, so this cannot be undone.");
        }
        else
        {
            pipeline.Verbose($"Snapshot {removed[0].SnapshotId} was taken first; Restore-SkmSnapshot -Collection '{collection}' -SnapshotId {removed[0].SnapshotId} restores it.");
        }
    }
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes snapshots. Those of one collection go in one transaction.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SnapshotInfo))]
public sealed class RemoveSkmSnapshotCommand : ConfirmedCommand
{
    private readonly List<SnapshotInfo> _confirmed = [];

    /// <summary>The snapshots.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SnapshotId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>Whether what was removed is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How long to wait for another process.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double LockTimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, _) =>
    {
        var rollback = new CollectionSnapshots(store);
        var collection = Collection is null ? store.ActiveCollection : CollectionNames.Match(store, Collection);
        foreach (var id in Id)
        {
            try
            {
                // A damaged one does not say whose it is.
                var snapshot = rollback.Find(collection, id) with { Collection = collection };
                if (await ConfirmAsync(pipeline, $"snapshot {id} of collection '{snapshot.Collection}' ({snapshot.Problem ?? snapshot.Message})", "Remove"))
                {
                    _confirmed.Add(snapshot);
                }
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.SnapshotNotFound)
            {
                pipeline.Error(ErrorRecords.Of(e, id));
            }
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_confirmed.Count > 0)
        {
            Run(async (store, pipeline, cancellationToken) =>
            {
                foreach (var ofCollection in _confirmed.GroupBy(s => s.Collection))
                {
                    await new CollectionSnapshots(store).RemoveAsync(ofCollection.Key, ofCollection.Select(s => s.Id).ToList(), TimeSpan.FromSeconds(LockTimeoutSec), cancellationToken);
                    foreach (var removed in ofCollection.Where(_ => PassThru))
                    {
                        pipeline.Write(removed);
                    }
                }
            });
        }
    }
}

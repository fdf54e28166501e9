using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes snapshots by id, or old automatic ones, in one transaction for each collection.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = IdSet)]
[OutputType(typeof(SnapshotInfo))]
public sealed class RemoveSkmSnapshotCommand : ConfirmedCommand
{
    private const string IdSet = "Id";
    private const string OldSet = "Old";

    private readonly List<SnapshotInfo> _confirmed = [];
    private readonly HashSet<string> _collections = new(StringComparer.Ordinal);

    /// <summary>The snapshots.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("SnapshotId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The number of newest automatic snapshots to keep.</summary>
    [Parameter(ParameterSetName = OldSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? KeepLast { get; set; }

    /// <summary>The age above which automatic snapshots are removed.</summary>
    [Parameter(ParameterSetName = OldSet)]
    [ValidateAge]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>The collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>Whether to return the removed snapshots.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, _) =>
    {
        var snapshots = new CollectionSnapshots(store);
        var collection = CollectionNames.MatchOrActive(store, Collection);
        foreach (var snapshot in ParameterSetName == OldSet ? FindOld(snapshots, collection) : Find(snapshots, collection, pipeline))
        {
            if (await ConfirmAsync(pipeline, $"snapshot {snapshot.SnapshotId} of collection '{collection}' ({snapshot.Problem ?? snapshot.Message})", "Remove"))
            {
                // A damaged snapshot does not state its collection.
                _confirmed.Add(snapshot with { Collection = collection });
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
                    await new CollectionSnapshots(store).RemoveAsync(ofCollection.Key, ofCollection.Select(s => s.SnapshotId).ToList(), LockTimeout, cancellationToken);
                    foreach (var removed in ofCollection.Where(_ => PassThru))
                    {
                        pipeline.Write(removed);
                    }
                }
            });
        }
    }

    /// <summary>Finds old snapshots, once for each collection, even if it is in the pipeline again, such as with each of its snapshots.</summary>
    private IEnumerable<SnapshotInfo> FindOld(CollectionSnapshots snapshots, string collection) =>
        _collections.Add(collection) ? snapshots.FindOld(collection, KeepLast, OlderThan) : [];

    private IEnumerable<SnapshotInfo> Find(CollectionSnapshots snapshots, string collection, PipelineQueue pipeline)
    {
        foreach (var id in Id)
        {
            SnapshotInfo snapshot;
            try
            {
                snapshot = snapshots.Find(collection, id);
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.SnapshotNotFound)
            {
                pipeline.Error(ErrorRecords.Of(e, id));
                continue;
            }

            yield return snapshot;
        }
    }
}

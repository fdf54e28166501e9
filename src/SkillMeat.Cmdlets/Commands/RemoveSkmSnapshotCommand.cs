using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes snapshots by id, or old automatic ones, in one transaction for each collection.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = IdSet)]
[OutputType(typeof(SnapshotInfo))]
public sealed class RemoveSkmSnapshotCommand : ConfirmedCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "Input";
    private const string OldSet = "Old";

    private readonly List<SnapshotTarget> _targets = [];

    /// <summary>The ids of the snapshots.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("Id")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[]? SnapshotId { get; set; }

    /// <summary>The number of newest automatic snapshots to keep.</summary>
    [Parameter(ParameterSetName = OldSet)]
    [Parameter(ParameterSetName = InputSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? KeepLast { get; set; }

    /// <summary>The age above which automatic snapshots are removed.</summary>
    [Parameter(ParameterSetName = OldSet)]
    [Parameter(ParameterSetName = InputSet)]
    [ValidateAge]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The object from the pipeline: a snapshot, or the id of one. With <c>-KeepLast</c> or <c>-OlderThan</c>, also a collection.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to return the removed snapshots.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool RemovesOld => KeepLast is not null || OlderThan is not null;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: ParameterSetName == InputSet, piped =>
    {
        var target = piped is null ? SnapshotTarget.Of(Collection, SnapshotId) : SnapshotTarget.Read(piped, Collection, SnapshotId);
        if (target.Ids.Count == 0 && !RemovesOld)
        {
            throw piped?.Refused("is not a snapshot. Pipe snapshots, or remove the old ones of a collection with -KeepLast or -OlderThan.")
                ?? new SkillMeatException(ErrorIds.InvalidArgument, "The id of a snapshot is empty.");
        }

        _targets.Add(target);
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_targets.Count > 0)
        {
            Run(RemoveAsync);
        }
    }

    private async Task RemoveAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var finder = new SnapshotFinder(store, pipeline);
        var confirmed = new List<SnapshotInfo>();
        foreach (var snapshot in (RemovesOld ? FindOld(finder) : _targets.SelectMany(finder.Find)).DistinctBy(s => (s.Collection, s.SnapshotId)).ToList())
        {
            if (await ConfirmAsync(pipeline, $"snapshot {snapshot.SnapshotId} of collection '{snapshot.Collection}' ({snapshot.Problem ?? ShortText.Cut(snapshot.Message)})", "Remove"))
            {
                confirmed.Add(snapshot);
            }
        }

        foreach (var ofCollection in confirmed.GroupBy(s => s.Collection, StringComparer.Ordinal))
        {
            await pipeline.TryAsync(ofCollection.Key, async () =>
            {
                await finder.Snapshots.RemoveAsync(ofCollection.Key, ofCollection.Select(s => s.SnapshotId).ToList(), LockTimeout, cancellationToken);
                foreach (var removed in ofCollection.Where(_ => PassThru))
                {
                    pipeline.Write(removed);
                }
            });
        }
    }

    /// <summary>Finds the old snapshots of each collection. Snapshots from the pipeline are the only ones of their collections that count.</summary>
    private IEnumerable<SnapshotInfo> FindOld(SnapshotFinder finder)
    {
        var wanted = _targets.SelectMany(target => finder.FindCollections(target).Select(collection => (Collection: collection, target.Ids))).ToLookup(one => one.Collection, one => one.Ids, StringComparer.Ordinal);
        foreach (var collection in wanted)
        {
            var ids = collection.Any(one => one.Count == 0) ? null : collection.SelectMany(one => one).ToHashSet(StringComparer.Ordinal);
            foreach (var snapshot in finder.Snapshots.FindOld(collection.Key, KeepLast, OlderThan).Where(s => ids?.Contains(s.SnapshotId) != false))
            {
                yield return snapshot with { Collection = collection.Key };
            }
        }
    }
}

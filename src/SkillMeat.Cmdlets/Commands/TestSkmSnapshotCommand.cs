using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Tests whether snapshots can be restored.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SkmSnapshot")]
[OutputType(typeof(SnapshotCheck))]
public sealed class TestSkmSnapshotCommand : SkmCommand
{
    /// <summary>The ids of the snapshots. By default, all snapshots of the collection.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("SnapshotId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, cancellationToken) =>
    {
        var snapshots = new CollectionSnapshots(store);
        var collection = CollectionNames.MatchOrActive(store, Collection);
        foreach (var id in Id.Length > 0 ? Id : snapshots.List(collection, take: int.MaxValue).Snapshots.Select(s => s.SnapshotId))
        {
            try
            {
                using var progress = ShowProgress(pipeline, $"Verifying snapshot {id} of '{collection}'");
                pipeline.Write(await snapshots.VerifyAsync(collection, id, cancellationToken));
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.SnapshotNotFound)
            {
                pipeline.Error(ErrorRecords.Of(e, id));
            }
        }
    });
}

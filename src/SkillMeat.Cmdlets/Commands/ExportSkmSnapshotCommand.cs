using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Writes a snapshot as a tarball that Python SkillMeat can restore.</summary>
[Cmdlet(VerbsData.Export, "SkmSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(SnapshotExport))]
public sealed class ExportSkmSnapshotCommand : ChangingCommand
{
    /// <summary>The snapshot.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SnapshotId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string Id { get; set; } = "";

    /// <summary>The new file, or null for a file in the home.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

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
        var snapshot = snapshots.Find(collection, Id);
        var path = Path is { } named ? await pipeline.AskAsync(() => ResolvePath(named, "a tarball must be a file")) : null;
        if (!await MayAsync(pipeline, $"snapshot {snapshot.SnapshotId} of collection '{collection}'", path is null ? "Export into the home" : $"Export to {path}"))
        {
            return;
        }

        using var progress = ShowProgress(pipeline, $"Exporting snapshot {snapshot.SnapshotId}");
        pipeline.Write(await snapshots.ExportAsync(collection, snapshot.SnapshotId, path, LockTimeout, cancellationToken));
    });
}

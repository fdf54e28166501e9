using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Puts a collection's manifest and lock file back to a snapshot.</summary>
[Cmdlet(VerbsData.Restore, "SkmSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RollbackResult))]
public sealed class RestoreSkmSnapshotCommand : ConfirmedCommand
{
    /// <summary>The snapshot.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SnapshotId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string Id { get; set; } = "";

    /// <summary>The collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>How long to wait for another process.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double LockTimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, cancellationToken) =>
    {
        var rollback = new CollectionSnapshots(store);
        var collection = Collection is null ? store.ActiveCollection : CollectionNames.Match(store, Collection);
        var snapshot = rollback.Find(collection, Id);
        if (!await ConfirmAsync(pipeline, $"collection '{collection}'", $"Restore snapshot {Id} ({snapshot.Message})"))
        {
            return;
        }

        var result = await rollback.RestoreAsync(collection, Id, [], TimeSpan.FromSeconds(LockTimeoutSec), cancellationToken);
        foreach (var warning in result.Warnings)
        {
            pipeline.Warn(warning);
        }

        pipeline.Write(result);
    });
}

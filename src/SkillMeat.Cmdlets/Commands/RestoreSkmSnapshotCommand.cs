using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Restores a collection, or some of its artifacts, from a snapshot.</summary>
[Cmdlet(VerbsData.Restore, "SkmSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
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

    /// <summary>The artifacts to restore: names, or <c>type:name</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Artifact { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, cancellationToken) =>
    {
        var snapshots = new CollectionSnapshots(store);
        var collection = CollectionNames.MatchOrActive(store, Collection);
        var snapshot = snapshots.Find(collection, Id);
        var target = Artifact.Length == 0 ? $"collection '{collection}'" : $"{string.Join(", ", Artifact)} of collection '{collection}'";
        if (!await ConfirmAsync(pipeline, target, $"Restore snapshot {Id} ({snapshot.Problem ?? snapshot.Message})"))
        {
            return;
        }

        RestoreResult result;
        using (ShowProgress(pipeline, $"Restoring snapshot {Id}"))
        {
            result = await snapshots.RestoreAsync(collection, Id, Artifact, LockTimeout, cancellationToken);
        }

        foreach (var warning in result.Warnings)
        {
            pipeline.Warn(warning);
        }

        pipeline.Write(result);
    });
}

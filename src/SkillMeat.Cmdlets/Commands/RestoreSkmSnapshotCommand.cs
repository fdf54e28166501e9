using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Restores a collection, or some of its artifacts, from a snapshot.</summary>
[Cmdlet(VerbsData.Restore, "SkmSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = IdSet)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreSkmSnapshotCommand : ConfirmedCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "Input";

    /// <summary>The ids of the snapshots.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("Id")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[]? SnapshotId { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The artifacts to restore: names, or <c>type:name</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Artifact { get; set; } = [];

    /// <summary>The object from the pipeline: a snapshot, the id of one, or the result of a change that took one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachSnapshot(InputObject, Collection, SnapshotId, async (snapshots, snapshot, pipeline, cancellationToken) =>
    {
        var (collection, id) = (snapshot.Collection, snapshot.SnapshotId);
        var target = Artifact.Length == 0 ? $"collection '{collection}'" : $"{string.Join(", ", Artifact)} of collection '{collection}'";
        if (!await ConfirmAsync(pipeline, target, $"Restore snapshot {id} ({snapshot.Problem ?? snapshot.Message})"))
        {
            return;
        }

        RestoreResult result;
        using (ShowProgress(pipeline, $"Restoring snapshot {id}"))
        {
            result = await snapshots.RestoreAsync(collection, id, Artifact, LockTimeout, cancellationToken);
        }

        foreach (var warning in result.Warnings)
        {
            pipeline.Warn(warning);
        }

        pipeline.Write(result);
    });
}

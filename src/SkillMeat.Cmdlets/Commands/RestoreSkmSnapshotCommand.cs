using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Restores a collection, or some of its artifacts, from a snapshot.</summary>
[Cmdlet(VerbsData.Restore, "SkmSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = IdSet)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreSkmSnapshotCommand : ConfirmedCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "Input";

    private readonly List<(SnapshotTarget Target, string? Artifact)> _targets = [];

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
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: ParameterSetName == InputSet, piped =>
    {
        var target = piped is null ? SnapshotTarget.Of(Collection, SnapshotId) : SnapshotTarget.Read(piped, Collection, SnapshotId);
        if (target.Ids.Count == 0)
        {
            throw piped?.Refused("is not a snapshot. Pipe snapshots, or name one with -SnapshotId.") ?? new SkillMeatException(ErrorIds.InvalidArgument, "The id of a snapshot is empty.");
        }

        _targets.Add((target, piped?["ArtifactId"]));
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_targets.Count > 0)
        {
            Run(RestoreAsync);
        }
    }

    private async Task RestoreAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var finder = new SnapshotFinder(store, pipeline);
        // The artifacts of one change have one snapshot, which is restored once.
        var found = _targets.SelectMany(one => finder.Find(one.Target).Select(snapshot => (Snapshot: snapshot, one.Artifact))).ToList();
        foreach (var group in found.GroupBy(one => (one.Snapshot.Collection, one.Snapshot.SnapshotId)).ToList())
        {
            var snapshot = group.First().Snapshot;
            await pipeline.TryAsync(snapshot, () => RestoreAsync(finder.Snapshots, snapshot, ArtifactsOf(snapshot, group.Select(one => one.Artifact).ToList()), pipeline, cancellationToken));
        }
    }

    /// <summary>Returns the artifacts to restore: those that the parameter names, else those whose changes were piped; empty for all.</summary>
    private IReadOnlyList<string> ArtifactsOf(SnapshotInfo snapshot, List<string?> piped) =>
        Artifact.Length > 0 ? Artifact : !snapshot.HasArtifacts() || piped.Contains(null) ? [] : piped.OfType<string>().Distinct(StringComparer.Ordinal).ToList();

    private async Task RestoreAsync(CollectionSnapshots snapshots, SnapshotInfo snapshot, IReadOnlyList<string> artifacts, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var (collection, id) = (snapshot.Collection, snapshot.SnapshotId);
        var target = artifacts.Count == 0 ? $"collection '{collection}'" : $"{string.Join(", ", artifacts)} of collection '{collection}'";
        if (!await ConfirmAsync(pipeline, target, $"Restore snapshot {id} ({snapshot.Problem ?? ShortText.Cut(snapshot.Message)})"))
        {
            return;
        }

        RestoreResult result;
        using (ShowProgress(pipeline, $"Restoring snapshot {id}"))
        {
            result = await snapshots.RestoreAsync(collection, id, artifacts, LockTimeout, cancellationToken);
        }

        foreach (var warning in result.Warnings)
        {
            pipeline.Warn(warning);
        }

        pipeline.Write(result);
    }
}

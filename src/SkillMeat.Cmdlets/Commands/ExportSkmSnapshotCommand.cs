using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Writes snapshots as tarballs that Python SkillMeat can restore.</summary>
[Cmdlet(VerbsData.Export, "SkmSnapshot", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(SnapshotExport))]
public sealed class ExportSkmSnapshotCommand : ChangingCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "Input";

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The ids of the snapshots.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("Id")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[]? SnapshotId { get; set; }

    /// <summary>The new file, or null for a file in the home.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The object from the pipeline: a snapshot, or the id of one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to replace an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachSnapshot(InputObject, Collection, SnapshotId, async (snapshots, snapshot, pipeline, cancellationToken) =>
    {
        var path = Path is { } named ? await pipeline.AskAsync(() => ResolvePath(named, "a tarball must be a file")) : null;
        if (path is not null && !_written.Add(path))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"-Path names one file, and several snapshots were given. Snapshot {snapshot.SnapshotId} was not exported.");
        }

        if (!await MayAsync(pipeline, $"snapshot {snapshot.SnapshotId} of collection '{snapshot.Collection}'", path is null ? "Export into the home" : $"Export to {path}"))
        {
            return;
        }

        using var progress = ShowProgress(pipeline, $"Exporting snapshot {snapshot.SnapshotId}");
        pipeline.Write(await snapshots.ExportAsync(snapshot.Collection, snapshot.SnapshotId, path, Force, LockTimeout, cancellationToken));
    });
}

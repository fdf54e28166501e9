using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Removals;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes artifacts from collections, in one transaction for each collection. Takes a snapshot first, from which they can be restored.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmArtifact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(RemovedArtifact))]
public sealed class RemoveSkmArtifactCommand : ConfirmedCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private const string InputSet = "Input";

    private readonly ArtifactTargets _targets = new();

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The ids of the artifacts, as <c>type:name</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ArtifactIdCompleter))]
    public string[]? ArtifactId { get; set; }

    /// <summary>The object from the pipeline: an artifact, or the name of one. With <c>-Name</c>, also a collection.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = NameSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The group to whose members the artifacts are restricted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>Whether to keep the files of the artifacts.</summary>
    [Parameter]
    public SwitchParameter KeepFiles { get; set; }

    /// <summary>Whether to take no snapshot first.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshot { get; set; }

    /// <summary>Whether to return the removed artifacts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        if (ParameterSetName == InputSet && piped is { IsCollection: true })
        {
            throw piped.Refused("is not an artifact. Name the artifacts of the collection with -Name; '*' removes all.");
        }

        _targets.Add(piped, Collection, ArtifactId, takesCollection: false);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var unknown = new UnknownArtifacts();
        var isDry = await pipeline.AskAsync(IsWhatIf);
        foreach (var target in _targets.Resolve(store, filter, new GroupFilter(Group, pipeline)))
        {
            await pipeline.TryAsync(target.Collection, async () =>
            {
                var chosen = await ChooseAsync(store.Read(target.Collection), target.Filter, isDry, unknown, pipeline);
                await RemoveAsync(store, target.Collection, chosen, isDry, pipeline, cancellationToken);
            });
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }
    });

    private async Task<List<string>> ChooseAsync(Collection collection, ArtifactFilter filter, bool isDry, UnknownArtifacts unknown, PipelineQueue pipeline)
    {
        unknown.Add(filter, filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name))));
        var chosen = new List<string>();
        foreach (var artifact in collection.Artifacts.Where(filter.Matches))
        {
            if (await ConfirmAsync(pipeline, $"{artifact.ArtifactId} of collection '{collection.Name}'", KeepFiles ? "Remove, and keep its files" : "Remove, with its files") || isDry)
            {
                chosen.Add(artifact.ArtifactId);
            }
        }

        return chosen;
    }

    private async Task RemoveAsync(CollectionStore store, string collection, List<string> artifacts, bool isDry, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (artifacts.Count == 0)
        {
            return;
        }

        var request = new RemoveRequest
        {
            Artifacts = artifacts,
            Collection = collection,
            KeepFiles = KeepFiles,
            SkipSnapshot = SkipSnapshot,
            DryRun = isDry,
            LockTimeout = LockTimeout,
        };
        using var progress = ShowProgress(pipeline, $"Removing from collection '{collection}'");
        var removed = await new ArtifactRemover(store).RemoveAsync(request, cancellationToken);
        foreach (var one in removed.Where(_ => PassThru))
        {
            pipeline.Write(one);
        }

        if (isDry)
        {
            return;
        }

        if (SkipSnapshot)
        {
            pipeline.Warn("No snapshot was taken, as requested, so this cannot be undone.");
        }
        else
        {
            pipeline.Verbose($"Snapshot {removed[0].SnapshotId} was taken first; Restore-SkmSnapshot -Collection '{collection}' -SnapshotId {removed[0].SnapshotId} restores it.");
        }
    }
}

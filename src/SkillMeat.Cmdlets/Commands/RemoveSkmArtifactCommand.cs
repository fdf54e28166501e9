using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Removals;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes artifacts from collections, in one transaction for each collection. Takes a snapshot first, from which they can be restored.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmArtifact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(RemovedArtifact))]
public sealed class RemoveSkmArtifactCommand : ConfirmedCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    private readonly ArtifactTargets _targets = new();

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The artifacts from the pipeline.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[] ArtifactId { get; set; } = [];

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
    protected override void ProcessRecord() => _targets.Add(Collection, ArtifactId);

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, NamePatterns.Of(Name));
        var targets = _targets.Resolve(store);
        var unknown = new UnknownNames(Name, targets.Count);
        foreach (var target in targets)
        {
            var name = target.Collection ?? store.ActiveCollection;
            try
            {
                var chosen = await ChooseAsync(store.Read(name), filter.Among(target.Ids), unknown, pipeline);
                await RemoveAsync(store, name, chosen, pipeline, cancellationToken);
            }
            catch (SkillMeatException e) when (targets.Count > 1)
            {
                // The other collections are still processed.
                pipeline.Error(ErrorRecords.Of(e, name));
            }
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }
    });

    private async Task<List<string>> ChooseAsync(Collection collection, ArtifactFilter filter, UnknownNames unknown, PipelineQueue pipeline)
    {
        unknown.Add(filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name))));
        var chosen = new List<string>();
        foreach (var artifact in collection.Artifacts.Where(filter.Matches))
        {
            if (await ConfirmAsync(pipeline, $"{artifact.ArtifactId} of collection '{collection.Name}'", KeepFiles ? "Remove, and keep its files" : "Remove, with its files"))
            {
                chosen.Add(artifact.ArtifactId);
            }
        }

        return chosen;
    }

    private async Task RemoveAsync(CollectionStore store, string collection, List<string> artifacts, PipelineQueue pipeline, CancellationToken cancellationToken)
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
            LockTimeout = LockTimeout,
        };
        using var progress = ShowProgress(pipeline, $"Removing from collection '{collection}'");
        var removed = await new ArtifactRemover(store).RemoveAsync(request, cancellationToken);
        foreach (var one in removed.Where(_ => PassThru))
        {
            pipeline.Write(one);
        }

        if (SkipSnapshot)
        {
            pipeline.Warn("No snapshot was taken, as requested, so this cannot be undone.");
        }
        else
        {
            pipeline.Verbose($"Snapshot {removed[0].SnapshotId} was taken first; Restore-SkmSnapshot -Collection '{collection}' -Id {removed[0].SnapshotId} restores it.");
        }
    }
}

using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Removals;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes artifacts from collections, after a snapshot that brings them back. Those of one collection go in one transaction.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmArtifact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(RemovedArtifact))]
public sealed class RemoveSkmArtifactCommand : ConfirmedCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    private readonly ArtifactTargets _targets = new();

    /// <summary>Which ones, by name or <c>type:name</c>; wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only these types.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>Only these artifacts, as they come through the pipeline.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[] ArtifactId { get; set; } = [];

    /// <summary>The collections; wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>Whether their files stay.</summary>
    [Parameter]
    public SwitchParameter KeepFiles { get; set; }

    /// <summary>Whether no snapshot is made first.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshot { get; set; }

    /// <summary>Whether what was removed is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How long to wait for another process.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double LockTimeoutSec { get; set; } = 30;

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
                // The other collections are not to blame.
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
            LockTimeout = TimeSpan.FromSeconds(LockTimeoutSec),
        };
        using var progress = new ProgressLine(pipeline, $"Removing from collection '{collection}'", TimeProvider.System);
        var removed = await new ArtifactRemover(store).RemoveAsync(request, cancellationToken);
        foreach (var one in removed.Where(_ => PassThru))
        {
            pipeline.Write(one);
        }

        if (SkipSnapshot)
        {
            pipeline.Warn("No snapshot was made, as was asked for: there is no way back.");
        }
        else
        {
            pipeline.Verbose($"Snapshot {removed[0].SnapshotId} is from before; Restore-SkmSnapshot -Collection '{collection}' -Id {removed[0].SnapshotId} goes back to it.");
        }
    }
}

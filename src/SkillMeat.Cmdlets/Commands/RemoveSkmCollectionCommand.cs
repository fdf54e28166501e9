using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Deletes collections with all their files. Takes a snapshot first, from which they can be restored.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmCollection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(DeletedCollection))]
public sealed class RemoveSkmCollectionCommand : ConfirmedCommand
{
    private const string NameSet = "Name";
    private const string InputSet = "Input";

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The object from the pipeline: a collection, or the name of one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to return what was deleted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        // An artifact has the name of its collection, but is none.
        if (piped is { IsCollection: false, Texts.Count: 0 }) throw piped.Refused("is not a collection. Pipe collections, or name one with -Name.");
        var names = piped is null ? Name : CollectionNames.Read(piped);
        Run(async (store, pipeline, cancellationToken) =>
        {
            foreach (var name in CollectionNames.ResolveKnown(store, names, pipeline))
            {
                await pipeline.TryAsync(name, () => DeleteAsync(store, name, pipeline, cancellationToken));
            }
        });
    });

    private async Task DeleteAsync(CollectionStore store, string name, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var isDry = await pipeline.AskAsync(IsWhatIf);
        var request = new DeleteCollectionRequest { Collection = name, DryRun = true, LockTimeout = LockTimeout };
        var organizer = new CollectionOrganizer(store);
        var deleted = await organizer.DeleteAsync(request, cancellationToken);
        // Refused before the prompt, with the error of the engine.
        if (!isDry && !Force && deleted.LinkedDeployments.Count > 0) await organizer.DeleteAsync(request with { DryRun = false }, cancellationToken);
        if (await ConfirmAsync(pipeline, $"collection '{name}' with {deleted.ArtifactCount} artifacts", "Delete, with all its files"))
        {
            using var progress = ShowProgress(pipeline, $"Deleting collection '{name}'");
            deleted = await organizer.DeleteAsync(request with { DryRun = false, Force = Force }, cancellationToken);
            pipeline.Verbose($"Snapshot {deleted.SnapshotId} was taken first; Restore-SkmSnapshot -Collection '{name}' -SnapshotId {deleted.SnapshotId} restores it.");
        }
        else if (!isDry)
        {
            return;
        }

        foreach (var warning in deleted.Warnings) pipeline.Warn(warning);
        if (PassThru) pipeline.Write(deleted);
    }
}

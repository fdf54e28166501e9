using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Takes a snapshot of each of some whole collections.</summary>
[Cmdlet(VerbsCommon.New, "SkmSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(SnapshotInfo))]
public sealed class NewSkmSnapshotCommand : ChangingCommand
{
    /// <summary>The message of the snapshot, shown in lists.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public string Message { get; set; } = "";

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The object from the pipeline: a collection, or the name of one.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        // A typed collection, or one that a script block computes, takes any object.
        if (piped is { IsCollection: false, Texts: [] } && (Collection is null || piped.Has("Collection")))
        {
            throw piped.Refused("is not a collection. Pipe the output of Get-SkmCollection, or name the collections with -Collection.");
        }

        Run(async (store, pipeline, cancellationToken) =>
        {
            foreach (var collection in CollectionNames.ResolveKnown(store, Collection ?? piped?.Texts, pipeline))
            {
                await pipeline.TryAsync(collection, () => TakeAsync(new CollectionSnapshots(store), collection, pipeline, cancellationToken));
            }
        });
    });

    private async Task TakeAsync(CollectionSnapshots snapshots, string collection, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (!await MayAsync(pipeline, $"collection '{collection}'", "Take a snapshot"))
        {
            return;
        }

        SnapshotInfo taken;
        using (ShowProgress(pipeline, $"Taking a snapshot of '{collection}'"))
        {
            taken = await snapshots.TakeAsync(collection, Message, LockTimeout, cancellationToken);
        }

        foreach (var warning in taken.Warnings)
        {
            pipeline.Warn(warning);
        }

        pipeline.Write(taken);
    }
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Takes a snapshot of a whole collection.</summary>
[Cmdlet(VerbsCommon.New, "SkmSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(SnapshotInfo))]
public sealed class NewSkmSnapshotCommand : ChangingCommand
{
    /// <summary>The message of the snapshot, shown in lists.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public string Message { get; set; } = "";

    /// <summary>The collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, cancellationToken) =>
    {
        var collection = CollectionNames.MatchOrActive(store, Collection);
        if (!await MayAsync(pipeline, $"collection '{collection}'", "Take a snapshot"))
        {
            return;
        }

        SnapshotInfo taken;
        using (ShowProgress(pipeline, $"Taking a snapshot of '{collection}'"))
        {
            taken = await new CollectionSnapshots(store).TakeAsync(collection, Message, LockTimeout, cancellationToken);
        }

        foreach (var warning in taken.Warnings)
        {
            pipeline.Warn(warning);
        }

        pipeline.Write(taken);
    });
}

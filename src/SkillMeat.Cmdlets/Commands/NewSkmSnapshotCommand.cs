using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Takes a snapshot of a whole collection.</summary>
[Cmdlet(VerbsCommon.New, "SkmSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(SnapshotInfo))]
public sealed class NewSkmSnapshotCommand : SkmCommand
{
    /// <summary>What a list shows of it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public string Message { get; set; } = "";

    /// <summary>The collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>How long to wait for another process.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double LockTimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, cancellationToken) =>
    {
        var collection = CollectionNames.MatchOrActive(store, Collection);
        if (!await MayAsync(pipeline, $"collection '{collection}'", "Take a snapshot"))
        {
            return;
        }

        SnapshotInfo taken;
        using (new ProgressLine(pipeline, $"Taking a snapshot of '{collection}'", TimeProvider.System))
        {
            taken = await new CollectionSnapshots(store).TakeAsync(collection, Message, TimeSpan.FromSeconds(LockTimeoutSec), cancellationToken);
        }

        foreach (var warning in taken.Warnings)
        {
            pipeline.Warn(warning);
        }

        pipeline.Write(taken);
    });
}

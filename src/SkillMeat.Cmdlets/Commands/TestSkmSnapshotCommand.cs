using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Tests whether snapshots can be restored.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SkmSnapshot")]
[OutputType(typeof(SnapshotCheck))]
public sealed class TestSkmSnapshotCommand : SkmCommand
{
    /// <summary>The ids of the snapshots. By default, all snapshots of the collections.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[]? SnapshotId { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The object from the pipeline: a snapshot, the id of one, or a collection.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        var target = piped is null ? SnapshotTarget.Of(Collection, SnapshotId) : SnapshotTarget.Read(piped, Collection, SnapshotId);
        Run(async (store, pipeline, cancellationToken) =>
        {
            var finder = new SnapshotFinder(store, pipeline);
            foreach (var (collection, id) in Find(finder, target))
            {
                await pipeline.TryAsync(id, async () =>
                {
                    using var progress = ShowProgress(pipeline, $"Verifying snapshot {id} of '{collection}'");
                    pipeline.Write(await finder.Snapshots.VerifyAsync(collection, id, cancellationToken));
                });
            }
        });
    });

    private static IEnumerable<(string Collection, string Id)> Find(SnapshotFinder finder, SnapshotTarget target) => target.Ids.Count > 0
        ? finder.Find(target).Select(s => (s.Collection, s.SnapshotId))
        : finder.FindCollections(target).SelectMany(c => finder.Snapshots.List(c, take: int.MaxValue).Snapshots.Select(s => (c, s.SnapshotId)));
}

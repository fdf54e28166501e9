using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the snapshots of a collection, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "SkmSnapshot", SupportsPaging = true)]
[OutputType(typeof(SnapshotInfo))]
public sealed class GetSkmSnapshotCommand : SkmCommand
{
    /// <summary>The ids of the snapshots, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run((store, pipeline, cancellationToken) =>
    {
        var patterns = Id.Select(i => WildcardPattern.Get(i, WildcardOptions.IgnoreCase)).ToList();
        var rollback = new CollectionSnapshots(store);
        var collection = Collection is null ? null : CollectionNames.Match(store, Collection);
        var page = rollback.List(collection, Clamp(PagingParameters.Skip), Clamp(PagingParameters.First), id => patterns.Count == 0 || patterns.Exists(p => p.IsMatch(id)));
        if (PagingParameters.IncludeTotalCount)
        {
            pipeline.Write(PagingParameters.NewTotalCount((ulong)page.Total, accuracy: 1.0));
        }

        foreach (var snapshot in page.Snapshots)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pipeline.Write(snapshot);
            if (snapshot.Problem is { } problem)
            {
                pipeline.Error(ErrorRecords.Of(new SkillMeatException(ErrorIds.SnapshotCorrupt, problem), snapshot));
            }
        }

        foreach (var id in Id.Where(i => !WildcardPattern.ContainsWildcardCharacters(i)))
        {
            Check(rollback, collection, id, pipeline);
        }

        return Task.CompletedTask;
    });

    private static int Clamp(ulong count) => (int)Math.Min(count, int.MaxValue);

    /// <summary>Reports ids without wildcards that do not exist. A snapshot beyond the page is not an error.</summary>
    private static void Check(CollectionSnapshots rollback, string? collection, string id, PipelineQueue pipeline)
    {
        try
        {
            rollback.Find(collection, id);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.SnapshotNotFound)
        {
            pipeline.Error(ErrorRecords.Of(e, id));
        }
    }
}

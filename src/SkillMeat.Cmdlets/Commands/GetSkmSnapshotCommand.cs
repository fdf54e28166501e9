using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the snapshots of collections, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "SkmSnapshot", SupportsPaging = true)]
[OutputType(typeof(SnapshotInfo))]
public sealed class GetSkmSnapshotCommand : SkmCommand
{
    private string[] _typedIds = [];

    /// <summary>The ids of the snapshots, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
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
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _typedIds = SnapshotId ?? [];
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        // Typed ids remain a filter for the objects of the pipeline.
        var own = _typedIds.Length == 0 ? SnapshotId : piped?["SnapshotId"] is { } id ? [id] : null;
        var target = piped is null ? SnapshotTarget.Of(Collection, _typedIds) : SnapshotTarget.Read(piped, Collection, own);
        Run((store, pipeline, cancellationToken) =>
        {
            var finder = new SnapshotFinder(store, pipeline);
            foreach (var snapshot in piped is null || target.Ids.Count == 0 ? List(finder, target with { Ids = _typedIds }, pipeline) : Find(finder, target))
            {
                cancellationToken.ThrowIfCancellationRequested();
                pipeline.Write(snapshot);
                if (snapshot.Problem is { } problem)
                {
                    pipeline.Error(ErrorRecords.Of(new SkillMeatException(ErrorIds.SnapshotCorrupt, problem), snapshot));
                }
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>Finds the snapshots that an object of the pipeline names.</summary>
    private IEnumerable<SnapshotInfo> Find(SnapshotFinder finder, SnapshotTarget target)
    {
        var isTyped = Matcher(_typedIds);
        var named = finder.Find(target with { Ids = target.Ids.Where(id => !Wildcards.IsPattern(id)).ToList() });
        var patterns = target.Ids.Where(Wildcards.IsPattern).ToList();
        var matching = patterns.Count == 0 ? [] : ListAll(finder, finder.FindCollections(target), Matcher(patterns));
        return named.Concat(matching).Where(s => isTyped(s.SnapshotId));
    }

    /// <summary>Lists a page of the snapshots of collections.</summary>
    private List<SnapshotInfo> List(SnapshotFinder finder, SnapshotTarget target, PipelineQueue pipeline)
    {
        var (skip, first) = (Clamp(PagingParameters.Skip), Clamp(PagingParameters.First));
        var collections = finder.FindCollections(target);
        var pages = collections.Select(c => finder.Snapshots.List(c, 0, (int)Math.Min((long)skip + first, int.MaxValue), Matcher(target.Ids))).ToList();
        if (PagingParameters.IncludeTotalCount)
        {
            pipeline.Write(PagingParameters.NewTotalCount((ulong)pages.Sum(p => (long)p.Total), accuracy: 1.0));
        }

        // A snapshot beyond the page is not an error.
        foreach (var id in collections.Count == 0 ? [] : target.Ids.Where(i => !Wildcards.IsPattern(i)))
        {
            _ = finder.Find(new SnapshotTarget([.. collections.Select(WildcardPattern.Escape)], [id])).Count();
        }

        return NewestFirst(pages.SelectMany(p => p.Snapshots)).Skip(skip).Take(first).ToList();
    }

    private static IEnumerable<SnapshotInfo> ListAll(SnapshotFinder finder, IReadOnlyList<string> collections, Predicate<string> matches) =>
        NewestFirst(collections.SelectMany(c => finder.Snapshots.List(c, 0, int.MaxValue, matches).Snapshots));

    private static IEnumerable<SnapshotInfo> NewestFirst(IEnumerable<SnapshotInfo> snapshots) => snapshots.OrderByDescending(s => s.SnapshotId, StringComparer.Ordinal);

    private static Predicate<string> Matcher(IReadOnlyList<string> ids)
    {
        var patterns = ids.Select(Wildcards.Of).ToList();
        return id => patterns.Count == 0 || patterns.Exists(p => p.IsMatch(id));
    }

    private static int Clamp(ulong count) => (int)Math.Min(count, int.MaxValue);
}

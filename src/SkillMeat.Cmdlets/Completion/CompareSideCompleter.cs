using System.Collections;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes a side of a comparison.</summary>
public sealed class CompareSideCompleter : SkmCompleter
{
    private static readonly Candidate[] _sides =
    [
        new("Collection", "the artifact in the collection"),
        new("Project", "the copy in the project"),
        new("Upstream", "the artifact upstream, at the ref that it follows"),
        new("Base", "the content as it was deployed, or without a project as it was fetched"),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) => _sides.Concat(FindSnapshots(bound));

    private static IEnumerable<Candidate> FindSnapshots(IDictionary bound)
    {
        var store = OpenHome(bound);
        return CollectionNames.Resolve(store, Texts(bound, "Collection"))
            .SelectMany(collection => new CollectionSnapshots(store).List(collection, take: SnapshotIdCompleter.MostOffered).Snapshots)
            .OrderByDescending(snapshot => snapshot.SnapshotId, StringComparer.Ordinal)
            .Select(snapshot => new Candidate($"Snapshot:{snapshot.SnapshotId}", snapshot.Problem ?? snapshot.Message));
    }
}

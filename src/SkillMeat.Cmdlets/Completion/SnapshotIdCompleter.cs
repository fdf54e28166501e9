using System.Collections;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the id of a snapshot, the newest first, with its message.</summary>
public sealed class SnapshotIdCompleter : SkmCompleter
{
    internal const int MostOffered = 100;

    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) =>
        CollectionNames.Resolve(OpenHome(bound), Texts(bound, "Collection"))
            .SelectMany(collection => new CollectionSnapshots(OpenHome(bound)).List(collection, take: MostOffered).Snapshots)
            .OrderByDescending(s => s.SnapshotId, StringComparer.Ordinal)
            .Take(MostOffered)
            .Select(s => new Candidate(s.SnapshotId, s.Problem ?? s.Message));
}

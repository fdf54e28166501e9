using System.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the id of a snapshot, the newest first, with its message.</summary>
public sealed class SnapshotIdCompleter : SkmCompleter
{
    private const int MostOffered = 100;

    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound) =>
        new CollectionSnapshots(OpenHome(bound)).List(Text(bound, "Collection"), take: MostOffered).Snapshots.Select(s => new Candidate(s.SnapshotId, s.Problem ?? s.Message));
}

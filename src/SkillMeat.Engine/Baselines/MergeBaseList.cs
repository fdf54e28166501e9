using SkillMeat.Collections;
using SkillMeat.Objects;

namespace SkillMeat.Baselines;

/// <summary>The baselines of a collection. Some older ones of an artifact are kept: after a rollback the lock file names one of these.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class MergeBaseList
{
    private const int KeptOfEach = 4;

    private readonly IReadOnlyList<MergeBase> _newestFirst;

    public MergeBaseList(IEnumerable<MergeBase> newestFirst)
    {
        _newestFirst = [.. newestFirst];
    }

    /// <summary>All of them, newest first.</summary>
    public IReadOnlyList<MergeBase> All => _newestFirst;

    /// <summary>The objects that they need.</summary>
    public IEnumerable<ObjectId> Objects => _newestFirst.Select(one => one.Object);

    /// <summary>The baseline of an artifact that the lock file pins to a content hash.</summary>
    public MergeBase? Find(ArtifactId artifact, string contentHash) => _newestFirst.FirstOrDefault(one => one.Artifact == artifact && one.ContentHash == contentHash);

    /// <summary>The list with newer ones.</summary>
    public MergeBaseList With(IReadOnlyCollection<MergeBase> added) => added.Count == 0 ? this : new MergeBaseList(added.Concat(_newestFirst)
        .DistinctBy(one => (one.Artifact, one.ContentHash))
        .GroupBy(one => one.Artifact)
        .SelectMany(same => same.Take(KeptOfEach)));

    /// <summary>The list without those of some artifacts.</summary>
    public MergeBaseList Without(IReadOnlyCollection<ArtifactId> removed) => removed.Count == 0 ? this : new MergeBaseList(_newestFirst.Where(one => !removed.Contains(one.Artifact)));
}

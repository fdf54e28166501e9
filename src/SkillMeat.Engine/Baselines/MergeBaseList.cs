using SkillMeat.Collections;
using SkillMeat.Objects;

namespace SkillMeat.Baselines;

/// <summary>The merge bases of a collection. A few older ones of each artifact are kept, because the lock file names one of them after a restore.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class MergeBaseList
{
    private const int MaxPerArtifact = 4;

    private readonly IReadOnlyList<MergeBase> _newestFirst;
    private readonly Lazy<ILookup<(ArtifactId Artifact, string ContentHash), MergeBase>> _byContent;

    public MergeBaseList(IEnumerable<MergeBase> newestFirst)
    {
        _newestFirst = [.. newestFirst];
        _byContent = new(() => _newestFirst.ToLookup(one => (one.Artifact, one.ContentHash)));
    }

    /// <summary>All merge bases, newest first.</summary>
    public IReadOnlyList<MergeBase> All => _newestFirst;

    /// <summary>The objects that the merge bases refer to.</summary>
    public IEnumerable<ObjectId> Objects => _newestFirst.Select(one => one.Object);

    /// <summary>Finds the merge base of an artifact by the content hash in the lock file.</summary>
    public MergeBase? Find(ArtifactId artifact, string contentHash) => _byContent.Value[(artifact, contentHash)].FirstOrDefault();

    /// <summary>Returns the list with newer merge bases added.</summary>
    public MergeBaseList With(IReadOnlyCollection<MergeBase> added)
    {
        if (added.Count == 0) return this;
        var changed = added.Select(one => one.Artifact).ToHashSet();
        var others = _newestFirst.ToLookup(one => changed.Contains(one.Artifact));
        return new MergeBaseList(added.Concat(others[true])
            .DistinctBy(one => (one.Artifact, one.ContentHash))
            .GroupBy(one => one.Artifact)
            .SelectMany(same => same.Take(MaxPerArtifact))
            .Concat(others[false]));
    }

    /// <summary>Returns the list without the merge bases of some artifacts.</summary>
    public MergeBaseList Without(IReadOnlySet<ArtifactId> removed) => removed.Count == 0 ? this : new MergeBaseList(_newestFirst.Where(one => !removed.Contains(one.Artifact)));
}

using SkillMeat.Collections;
using SkillMeat.Storage.Objects;

namespace SkillMeat.Updates.Baselines;

/// <summary>The baselines of a collection. Some older ones of an artifact are kept: after a rollback the lock file names one of these.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class BaselineList
{
    private const int KeptOfEach = 4;

    private readonly IReadOnlyList<Baseline> _newestFirst;

    public BaselineList(IEnumerable<Baseline> newestFirst)
    {
        _newestFirst = [.. newestFirst];
    }

    /// <summary>All of them, newest first.</summary>
    public IReadOnlyList<Baseline> All => _newestFirst;

    /// <summary>The objects that they need.</summary>
    public IEnumerable<ObjectId> Objects => _newestFirst.Select(one => one.Object);

    /// <summary>The baseline of an artifact that the lock file pins to a content hash.</summary>
    public Baseline? Find(ArtifactId artifact, string contentHash) => _newestFirst.FirstOrDefault(one => one.Artifact == artifact && one.ContentHash == contentHash);

    /// <summary>The list with newer ones.</summary>
    public BaselineList With(IReadOnlyCollection<Baseline> added) => added.Count == 0 ? this : new BaselineList(added.Concat(_newestFirst)
        .DistinctBy(one => (one.Artifact, one.ContentHash))
        .GroupBy(one => one.Artifact)
        .SelectMany(same => same.Take(KeptOfEach)));

    /// <summary>The list without those of some artifacts.</summary>
    public BaselineList Without(IReadOnlyCollection<ArtifactId> removed) => removed.Count == 0 ? this : new BaselineList(_newestFirst.Where(one => !removed.Contains(one.Artifact)));
}

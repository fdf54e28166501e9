using System.Collections.Concurrent;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Indexing;

/// <summary>The artifacts of collections as they were when this program stored their rows, so that after a change only the rows of changed artifacts are compared. Thread-safe.</summary>
internal sealed class IndexedCollections
{
    private readonly ConcurrentDictionary<string, (CollectionStamps Stamps, ArtifactList Artifacts)> _kept = new(StringComparer.Ordinal);

    /// <summary>Returns the artifacts whose rows are stored, or null if they are not known.</summary>
    /// <param name="name">The name of the collection.</param>
    /// <param name="stored">The stamps that are stored with the rows.</param>
    public ArtifactList? Find(string name, CollectionStamps stored) => _kept.TryGetValue(name, out var kept) && stored.Fit(kept.Stamps) ? kept.Artifacts : null;

    /// <summary>Keeps the artifacts of a collection. Its rows must have been stored.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="stamps">The stamps that were stored with the rows.</param>
    public void Keep(Collection collection, CollectionStamps stamps)
    {
        if (stamps.AreSettled && collection.Artifacts is ArtifactList artifacts) _kept[collection.Name] = (stamps, artifacts);
        else _kept.TryRemove(collection.Name, out _);
    }

    /// <summary>Whether the artifacts of a collection are kept.</summary>
    public bool Has(string name) => _kept.ContainsKey(name);

    /// <summary>Forgets everything, so that the memory can be used for something else.</summary>
    public void Forget() => _kept.Clear();
}

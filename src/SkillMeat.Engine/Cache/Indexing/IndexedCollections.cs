using System.Collections.Concurrent;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Indexing;

/// <summary>
/// The artifacts of collections as they were when this program stored their rows, so that after a change only the rows of changed artifacts are compared; and the collections that cannot be read, so that not every
/// question reads them again. Thread-safe.
/// </summary>
internal sealed class IndexedCollections
{
    private readonly ConcurrentDictionary<string, (CollectionStamps Stamps, ArtifactList Artifacts)> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (CollectionStamps Stamps, SkillMeatException Problem)> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Returns the artifacts whose rows are stored, or null if they are not known.</summary>
    /// <param name="name">The name of the collection.</param>
    /// <param name="stored">The stamps that are stored with the rows.</param>
    public ArtifactList? Find(string name, CollectionStamps stored) => _kept.TryGetValue(name, out var kept) && stored.Fit(kept.Stamps) ? kept.Artifacts : null;

    /// <summary>Returns the reason why a collection whose files have these stamps cannot be read, or null if none is known.</summary>
    public SkillMeatException? FindProblem(string name, CollectionStamps stamps) => _unreadable.TryGetValue(name, out var known) && stamps.Fit(known.Stamps) ? known.Problem : null;

    /// <summary>Keeps the artifacts of a collection. Its rows must have been stored.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="stamps">The stamps that were stored with the rows.</param>
    public void Keep(Collection collection, CollectionStamps stamps)
    {
        _unreadable.TryRemove(collection.Name, out _);
        if (stamps.AreSettled && collection.Artifacts is ArtifactList artifacts) _kept[collection.Name] = (stamps, artifacts);
        else _kept.TryRemove(collection.Name, out _);
    }

    /// <summary>Keeps the reason why a collection cannot be read.</summary>
    /// <param name="name">The name of the collection.</param>
    /// <param name="stamps">The stamps that its files had before and after they were read.</param>
    /// <param name="problem">The reason.</param>
    public void KeepProblem(string name, CollectionStamps stamps, SkillMeatException problem)
    {
        if (stamps.AreSettled) _unreadable[name] = (stamps, problem);
    }

    /// <summary>Whether the artifacts of a collection are kept.</summary>
    public bool Has(string name) => _kept.ContainsKey(name);

    /// <summary>Forgets all other collections.</summary>
    public void KeepOnly(IReadOnlyCollection<string> names)
    {
        foreach (var gone in _kept.Keys.Except(names)) _kept.TryRemove(gone, out _);
        foreach (var gone in _unreadable.Keys.Except(names)) _unreadable.TryRemove(gone, out _);
    }

    /// <summary>Forgets everything, so that the memory can be used for something else.</summary>
    public void Forget() => KeepOnly([]);
}

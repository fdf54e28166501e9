using System.Collections.Concurrent;
using SkillMeat.Cache.Indexing;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Reading;

/// <summary>Collections in memory, as long as their files have the same stamps. Threads that ask for a collection that changed wait for the one that reads it. Thread-safe.</summary>
/// <param name="store">The home.</param>
internal sealed class KeptCollections(CollectionStore store)
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly object _reading = new();

    /// <summary>Reads a collection as it is now, and keeps it.</summary>
    /// <exception cref="Errors.SkillMeatException">As for <see cref="CollectionStore.Read"/>.</exception>
    public Collection Read(string name)
    {
        if (Find(name, CollectionStamps.Read(store, name)) is { } known) return known;
        lock (_reading)
        {
            var stamps = CollectionStamps.Read(store, name);
            if (Find(name, stamps) is { } read) return read;
            var collection = store.Read(name);
            stamps = stamps.IfUnchanged(store, name);
            if (stamps.AreSettled) _kept[name] = new Kept(stamps, collection) { Used = store.Time.GetTimestamp() };
            return collection;
        }
    }

    /// <summary>Returns a collection if it is kept and its files still have the stamps, or null.</summary>
    public Collection? Find(string name, CollectionStamps stamps)
    {
        if (!_kept.TryGetValue(name, out var kept) || !stamps.Fit(kept.Stamps)) return null;
        kept.Used = store.Time.GetTimestamp();
        return kept.Collection;
    }

    /// <summary>Forgets all other collections.</summary>
    public void KeepOnly(IEnumerable<string> names)
    {
        foreach (var gone in _kept.Keys.Except(names)) _kept.TryRemove(gone, out _);
    }

    /// <summary>Forgets the collections that were not asked for in a while.</summary>
    public void Forget(TimeSpan unused)
    {
        foreach (var one in _kept.Where(one => store.Time.GetElapsedTime(one.Value.Used) >= unused)) _kept.TryRemove(one);
    }

    private sealed class Kept(CollectionStamps stamps, Collection collection)
    {
        public CollectionStamps Stamps => stamps;

        public Collection Collection => collection;

        public long Used { get; set; }
    }
}

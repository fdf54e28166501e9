using System.Collections.Concurrent;
using SkillMeat.Cache.Indexing;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Reading;

/// <summary>
/// Reads collections for a program that is asked often, and keeps them in memory as long as their files have the same stamps. A collection that did not change costs two queries of the file system.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CollectionMemory
{
    private readonly CollectionStore _store;
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>Creates the memory of a home.</summary>
    /// <param name="store">The home.</param>
    public CollectionMemory(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Reads a collection as it is now.</summary>
    /// <param name="name">The folder name of the collection, or null for the active one.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException">As for <see cref="CollectionStore.Read"/>.</exception>
    public Collection Read(string? name = null) => _store.Storage.ReadAsOne(() =>
    {
        var config = _store.ReadConfig();
        var folder = name ?? config.ActiveCollection;
        return Read(folder, config.IsActive(folder));
    });

    /// <summary>Lists the collections by name. An unreadable one is listed with its problem.</summary>
    /// <returns>The collections.</returns>
    /// <exception cref="DataFileException"><c>config.toml</c> cannot be read.</exception>
    public IReadOnlyList<CollectionSummary> List() => _store.Storage.ReadAsOne(() =>
    {
        var config = _store.ReadConfig();
        var names = _store.ListNames();
        foreach (var gone in _kept.Keys.Except(names)) _kept.TryRemove(gone, out _);
        return names.Select(name => Summarize(name, config.IsActive(name))).ToList();
    });

    /// <summary>Forgets the collections that were not asked for in a while.</summary>
    /// <param name="unused">The time for which a collection is kept.</param>
    public void Forget(TimeSpan unused)
    {
        foreach (var one in _kept.Where(one => _store.Time.GetElapsedTime(one.Value.Used) >= unused)) _kept.TryRemove(one);
    }

    private Collection Read(string name, bool isActive)
    {
        _store.CheckExists(name);
        // Before the files are read: what is written meanwhile is found the next time.
        var stamps = CollectionStamps.Read(_store, name);
        if (_kept.TryGetValue(name, out var kept) && stamps.Fit(kept.Stamps))
        {
            kept.Used = _store.Time.GetTimestamp();
        }
        else
        {
            kept = new Kept(stamps, _store.Read(name)) { Used = _store.Time.GetTimestamp() };
            if (stamps.AreSettled) _kept[name] = kept;
        }

        return kept.Collection.IsActive == isActive ? kept.Collection : kept.Collection with { IsActive = isActive };
    }

    private CollectionSummary Summarize(string name, bool isActive)
    {
        try
        {
            return Read(name, isActive).Summarize();
        }
        catch (SkillMeatException e)
        {
            return new CollectionSummary { Name = name, IsActive = isActive, Folder = _store.Layout.CollectionFolder(name), Problem = e.Message, ErrorId = e.ErrorId };
        }
    }

    private sealed class Kept(CollectionStamps stamps, Collection collection)
    {
        public CollectionStamps Stamps => stamps;

        public Collection Collection => collection;

        public long Used { get; set; }
    }
}

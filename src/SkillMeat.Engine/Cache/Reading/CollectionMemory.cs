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
    private readonly KeptCollections _kept;

    /// <summary>Creates the memory of a home. The cache of the home reads the same memory.</summary>
    /// <param name="cache">The cache of the home.</param>
    public CollectionMemory(HomeCache cache)
    {
        _store = cache.Store;
        _kept = cache.Kept;
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
        _kept.KeepOnly(names);
        return names.Select(name => Summarize(name, config.IsActive(name))).ToList();
    });

    /// <summary>Forgets the collections that were not asked for in a while.</summary>
    /// <param name="unused">The time for which a collection is kept.</param>
    public void Forget(TimeSpan unused) => _kept.Forget(unused);

    private Collection Read(string name, bool isActive)
    {
        _store.CheckExists(name);
        var collection = _kept.Read(name);
        return collection.IsActive == isActive ? collection : collection with { IsActive = isActive };
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
}

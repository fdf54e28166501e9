using SkillMeat.Cache.Database;
using SkillMeat.Cache.Entries;
using SkillMeat.Collections;

namespace SkillMeat.Cache;

/// <summary>The cache of a home: a database that is brought up to date with the home whenever it is asked.</summary>
/// <remarks>Thread-safe, and safe between processes. Dispose it when done: it holds connections to the database.</remarks>
public sealed class HomeCache : IDisposable
{
    private static readonly TimeSpan _longestSave = TimeSpan.FromSeconds(2);

    private HomeCache(CollectionStore store, CacheDatabase database, Func<string, string?> environment)
    {
        Store = store;
        Environment = environment;
        Database = database;
        Usage = new CacheUsage(database, store.Time);
        Entries = new CachedEntries(database, Usage, store.Time);
    }

    /// <summary>The home.</summary>
    internal CollectionStore Store { get; }

    internal CacheDatabase Database { get; }

    /// <summary>How often the cache had an answer.</summary>
    internal CacheUsage Usage { get; }

    /// <summary>The answers that are kept for a while.</summary>
    internal CachedEntries Entries { get; }

    /// <summary>Reads an environment variable.</summary>
    internal Func<string, string?> Environment { get; }

    /// <summary>Opens the cache of a home. The database is opened or created when it is first used.</summary>
    /// <param name="store">The home.</param>
    /// <param name="options">The options.</param>
    /// <returns>The cache.</returns>
    public static HomeCache Open(CollectionStore store, HomeCacheOptions options) =>
        new(store, new CacheDatabase(CacheLocation.Find(store.Layout, options.Environment), store.Time, options.Report), options.Environment);

    /// <inheritdoc/>
    public void Dispose()
    {
        // A question that used nothing, such as the status, opens no database here.
        if (Database.IsOpen) Save();
        Database.Dispose();
    }

    // None of this is worth a long wait for a program that locks the file.
    private void Save()
    {
        using var soon = new CancellationTokenSource();
        soon.CancelAfter(_longestSave);
        try
        {
            Usage.Save(soon.Token);
            Entries.Cleanup(soon.Token);
            Database.PruneCopies();
        }
        catch (OperationCanceledException)
        {
        }
    }
}

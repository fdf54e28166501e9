using SkillMeat.Cache.Database;
using SkillMeat.Cache.Entries;
using SkillMeat.Cache.Reading;
using SkillMeat.Collections;
using SkillMeat.Upstream;

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

    /// <summary>Gives back the memory of what can be read again: the connections to the file that nobody uses at the moment, and the collections of the home as they were read last.</summary>
    public void ReleaseMemory()
    {
        Database.ReleaseMemory();
        Store.ForgetRead();
    }

    /// <summary>The collections that a program that is asked often keeps in memory.</summary>
    internal KeptCollections Kept => Database.Kept!;

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
        new(store, new CacheDatabase(CacheLocation.Find(store.Layout, options.Environment), store.Time, options.Report) { Kept = new KeptCollections(store) }, options.Environment);

    /// <summary>Creates a session with upstream that keeps answers in the cache of the home, instead of in a file of its own. Nothing is requested yet.</summary>
    /// <param name="store">The home.</param>
    /// <param name="options">The options of the session. Their environment says where the cache is.</param>
    /// <returns>The session.</returns>
    /// <exception cref="Errors.SkillMeatException">
    /// <see cref="Errors.ErrorIds.InvalidArgument"/>: an environment variable for the GitHub server does not hold an address, or an option is out of range.
    /// </exception>
    public static UpstreamSession Connect(CollectionStore store, UpstreamSessionOptions options) =>
        UpstreamSession.Create(store, options, file => new CachedAnswers(Open(store, new HomeCacheOptions { Environment = options.Environment, Report = options.Report }), file, ownsCache: true));

    /// <summary>Creates a session with upstream that keeps answers here. The cache must be there for as long as the session.</summary>
    /// <inheritdoc cref="Connect(CollectionStore, UpstreamSessionOptions)"/>
    internal UpstreamSession ConnectTo(CollectionStore store, UpstreamSessionOptions options) => UpstreamSession.Create(store, options, file => new CachedAnswers(this, file, ownsCache: false));

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

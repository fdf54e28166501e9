using SkillMeat.Upstream.GitHub;

namespace SkillMeat.Cache.Entries;

/// <summary>
/// Caches REST answers with their ETags in the database. What earlier versions wrote into a file is taken over when answers are saved, and the file goes. While the database is switched off, or its file cannot be used,
/// the answers are in that file.
/// </summary>
/// <param name="cache">The cache of the home.</param>
/// <param name="file">The file.</param>
/// <param name="ownsCache">Whether to dispose the cache with this object.</param>
internal sealed class CachedAnswers(HomeCache cache, EtagFileCache file, bool ownsCache) : IEtagCache, IDisposable
{
    /// <summary>The kind of the entries. Their keys are addresses.</summary>
    public const string Kind = "rest";

    private readonly object _gate = new();
    private readonly Dictionary<string, EtagEntry> _added = new(StringComparer.Ordinal);
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public EtagEntry? Find(Uri address)
    {
        lock (_gate)
        {
            var key = address.AbsoluteUri;
            if (_added.TryGetValue(key, out var added)) return added;
            var found = FindStored(key) ?? file.Find(address);
            // It is looked for several times before it is requested.
            if (_counted.Add(key)) cache.Usage.Count(found?.IsFreshAt(cache.Store.Time.GetUtcNow()) == true);
            return found;
        }
    }

    /// <inheritdoc/>
    public void Add(Uri address, EtagEntry entry)
    {
        lock (_gate) _added[address.AbsoluteUri] = entry;
    }

    /// <inheritdoc/>
    public void Save()
    {
        lock (_gate)
        {
            var former = file.ReadAll();
            if (_added.Count == 0 && former.Count == 0) return;
            if (TryStore(former))
            {
                DeleteFile();
            }
            else if (_added.Count > 0)
            {
                foreach (var (address, entry) in _added) file.Add(new Uri(address), entry);
                file.Save();
            }

            _added.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsCache) cache.Dispose();
    }

    // A question to upstream alone does not make a database.
    private EtagEntry? FindStored(string address) =>
        cache.Database.CurrentFile is { } database && File.Exists(database.Path) && cache.Entries.Find(Kind, address) is { } entry ? EtagJson.Parse(entry.Value) : null;

    private bool TryStore(IReadOnlyDictionary<string, EtagEntry> former)
    {
        if (cache.Database.CurrentFile is null) return false;
        cache.Entries.Set(Kind, [.. _added.Select(one => (one.Key, EtagJson.ToBytes(one.Value)))], EtagEntry.Lifetime);
        var left = former.Where(one => !_added.ContainsKey(one.Key) && cache.Entries.Find(Kind, one.Key) is null).Select(one => (one.Key, EtagJson.ToBytes(one.Value))).ToList();
        // They say themselves how old they are.
        cache.Entries.Set(Kind, left, TimeSpan.Zero);
        return cache.Database.IsOpen;
    }

    private void DeleteFile()
    {
        try
        {
            File.Delete(file.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its content is never newer than that of the database.
        }
    }
}

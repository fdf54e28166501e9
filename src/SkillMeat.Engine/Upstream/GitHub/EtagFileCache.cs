using SkillMeat.Upstream.Caching;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Caches REST answers in one file.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class EtagFileCache(string file, Random random, Action<string> report) : IEtagCache
{
    /// <summary>The path of the file.</summary>
    public string Path => file;

    private readonly JsonCacheFile _file = new(file, "repositories", random, report);
    private readonly object _gate = new();
    private Dictionary<string, EtagEntry>? _entries;
    private bool _isChanged;

    public EtagEntry? Find(Uri address)
    {
        lock (_gate)
        {
            return Entries().GetValueOrDefault(address.AbsoluteUri);
        }
    }

    public void Add(Uri address, EtagEntry entry)
    {
        lock (_gate)
        {
            Entries()[address.AbsoluteUri] = entry;
            _isChanged = true;
        }
    }

    /// <summary>Returns everything in the file.</summary>
    public IReadOnlyDictionary<string, EtagEntry> ReadAll()
    {
        lock (_gate) return Entries();
    }

    public void Save()
    {
        lock (_gate)
        {
            if (_isChanged && _file.Write(Merge(), EtagJson.Write))
            {
                _isChanged = false;
            }
        }
    }

    private Dictionary<string, EtagEntry> Entries() => _entries ??= _file.Read(EtagJson.Parse);

    /// <summary>Merges the entries with those in the file, because another process may have changed it since it was read.</summary>
    private Dictionary<string, EtagEntry> Merge()
    {
        var merged = _file.Read(EtagJson.Parse);
        foreach (var (address, entry) in Entries())
        {
            merged[address] = entry;
        }

        return merged;
    }
}

using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Objects.Packs;

/// <summary>The packs of a home and the locations of objects in them. Loaded at first use. Thread-safe.</summary>
internal sealed class PackCatalog(PackFolder folder, IndexCache cache)
{
    private const int CacheThreshold = 16;

    private readonly object _gate = new();
    private readonly Dictionary<string, PackFile> _packs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SkillMeatException> _damaged = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectId, PackLocation> _locations = [];

    // Further locations of objects that are in several packs, because several processes stored them at the same time, or a damaged one was stored again.
    private readonly Dictionary<ObjectId, List<PackLocation>> _further = [];
    private readonly HashSet<string> _cached = new(StringComparer.Ordinal);
    private bool _isLoaded;

    /// <summary>The readable packs.</summary>
    public IReadOnlyList<PackFile> Packs => Locked(() => _packs.Values.ToList());

    /// <summary>The errors of the unreadable packs.</summary>
    public IReadOnlyList<SkillMeatException> Damaged => Locked(() => _damaged.Values.ToList());

    /// <summary>Finds the location of an object. Returns false if no known pack contains it.</summary>
    public bool TryFind(ObjectId id, out PackLocation location)
    {
        lock (_gate)
        {
            if (!_isLoaded) Load();
            return _locations.TryGetValue(id, out location);
        }
    }

    /// <summary>Finds all locations of an object.</summary>
    public IReadOnlyList<PackLocation> FindAll(ObjectId id) => Locked(() => _locations.TryGetValue(id, out var first)
        ? (List<PackLocation>)[first, .. _further.GetValueOrDefault(id) ?? []]
        : []);

    /// <summary>Reloads the list of packs, because other processes add some, and the collector removes some.</summary>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    public void Refresh()
    {
        lock (_gate) Load();
    }

    /// <summary>Adds packs that were just written.</summary>
    public void Add(IReadOnlyList<PackFile> packs)
    {
        lock (_gate)
        {
            if (!_isLoaded) Load();
            foreach (var pack in packs)
            {
                // A known pack with this name is equal, or was damaged.
                Remove(pack.Path);
                Add(pack);
            }
        }
    }

    /// <summary>Forgets a damaged location of an object. Another pack may contain it.</summary>
    public void Distrust(ObjectId id, PackLocation location)
    {
        lock (_gate) Remove(id, location);
    }

    /// <summary>Writes the cache of indexes if enough packs are missing from it, or enough of those in it are gone.</summary>
    public void SaveCacheIfWorthwhile()
    {
        List<PackFile> packs;
        lock (_gate)
        {
            var missing = _packs.Values.Count(pack => !_cached.Contains(pack.Name));
            if (missing + Math.Max(0, _cached.Count + missing - _packs.Count) < CacheThreshold) return;
            packs = [.. _packs.Values];
            _cached.Clear();
            _cached.UnionWith(packs.Select(pack => pack.Name));
        }

        cache.TryWrite(packs);
    }

    private void Load()
    {
        var paths = folder.List();
        var present = paths.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _packs.Keys.Concat(_damaged.Keys).Where(path => !present.Contains(path)).ToList()) Remove(gone);
        var unknown = paths.Where(path => !_packs.ContainsKey(path) && !_damaged.ContainsKey(path)).ToList();
        var indexes = _isLoaded || unknown.Count < CacheThreshold ? new Dictionary<string, ReadOnlyMemory<byte>>() : cache.Read();
        _cached.UnionWith(indexes.Keys);
        foreach (var path in unknown) Open(path, indexes);
        _isLoaded = true;
    }

    private void Open(string path, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> indexes)
    {
        try
        {
            Add(TryFromCache(path, indexes) ?? PackFile.Open(path));
        }
        catch (StorageException e) when (e.InnerException is { } cause && StorageErrors.IsMissing(cause))
        {
            // Removed since it was listed.
        }
        catch (SkillMeatException e)
        {
            // A damaged pack must not prevent the use of the others.
            _damaged[path] = e;
        }
    }

    private static PackFile? TryFromCache(string path, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> indexes)
    {
        try
        {
            return indexes.TryGetValue(Path.GetFileNameWithoutExtension(path), out var index) ? PackFile.FromIndex(path, index) : null;
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            return null;
        }
    }

    private void Add(PackFile pack)
    {
        _packs.Add(pack.Path, pack);
        var objects = pack.ReadObjects();
        _locations.EnsureCapacity(_locations.Count + objects.Count);
        foreach (var one in objects)
        {
            var location = new PackLocation(pack, one.Kind, one.Block, one.Offset, one.Length);
            if (_locations.TryAdd(one.Id, location)) continue;
            if (!_further.TryGetValue(one.Id, out var others)) _further.Add(one.Id, others = []);
            others.Add(location);
        }
    }

    private void Remove(string path)
    {
        _damaged.Remove(path);
        if (!_packs.Remove(path, out var pack)) return;
        foreach (var one in pack.ReadObjects()) Remove(one.Id, new PackLocation(pack, one.Kind, one.Block, one.Offset, one.Length));
    }

    private void Remove(ObjectId id, PackLocation location)
    {
        var others = _further.GetValueOrDefault(id);
        if (_locations.TryGetValue(id, out var first) && first == location)
        {
            _locations.Remove(id);
            if (others is null) return;
            _locations.Add(id, others[^1]);
            others.RemoveAt(others.Count - 1);
        }
        else
        {
            others?.Remove(location);
        }

        if (others is { Count: 0 }) _further.Remove(id);
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            if (!_isLoaded) Load();
            return read();
        }
    }
}

using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Objects.Packs;

/// <summary>All packs of a home and where each object is. Loaded when first asked; safe from several threads.</summary>
internal sealed class PackCatalog(PackFolder folder, IndexCache cache)
{
    private const int OpeningsWorthACache = 16;

    private readonly object _gate = new();
    private readonly Dictionary<string, PackFile> _packs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SkillMeatException> _damaged = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectId, PackLocation> _locations = [];

    // Objects that are in several packs, because several processes stored them at once, or a damaged one was stored again.
    private readonly Dictionary<ObjectId, List<PackLocation>> _further = [];
    private readonly HashSet<string> _cached = new(StringComparer.Ordinal);
    private bool _isLoaded;

    /// <summary>The packs that can be read.</summary>
    public IReadOnlyList<PackFile> Packs => Locked(() => _packs.Values.ToList());

    /// <summary>What is wrong with the packs that can't.</summary>
    public IReadOnlyList<SkillMeatException> Damaged => Locked(() => _damaged.Values.ToList());

    /// <summary>Where an object is; false when no pack that is known has it.</summary>
    public bool TryFind(ObjectId id, out PackLocation location)
    {
        lock (_gate)
        {
            if (!_isLoaded) Load();
            return _locations.TryGetValue(id, out location);
        }
    }

    /// <summary>All places where an object is.</summary>
    public IReadOnlyList<PackLocation> FindAll(ObjectId id) => Locked(() => _locations.TryGetValue(id, out var first)
        ? (List<PackLocation>)[first, .. _further.GetValueOrDefault(id) ?? []]
        : []);

    /// <summary>Looks again which packs there are: other processes add some, and the collector takes some away.</summary>
    /// <exception cref="StorageException">The folder can't be read.</exception>
    public void Refresh()
    {
        lock (_gate) Load();
    }

    /// <summary>Takes in packs that were just written.</summary>
    public void Add(IReadOnlyList<PackFile> packs)
    {
        lock (_gate)
        {
            if (!_isLoaded) Load();
            foreach (var pack in packs)
            {
                // What has that name already is the same, or was damaged.
                Remove(pack.Path);
                Add(pack);
            }
        }
    }

    /// <summary>Takes no object from there any more; another pack may have it.</summary>
    public void Distrust(ObjectId id, PackLocation location)
    {
        lock (_gate) Remove(id, location);
    }

    /// <summary>Writes the cache of indexes when enough packs are not in it, or so many that are in it are gone.</summary>
    public void SaveCacheIfWorthwhile()
    {
        List<PackFile> packs;
        lock (_gate)
        {
            var missing = _packs.Values.Count(pack => !_cached.Contains(pack.Name));
            if (missing + Math.Max(0, _cached.Count + missing - _packs.Count) < OpeningsWorthACache) return;
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
        var indexes = _isLoaded || unknown.Count < OpeningsWorthACache ? new Dictionary<string, ReadOnlyMemory<byte>>() : cache.Read();
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
            // Collected since it was listed.
        }
        catch (SkillMeatException e)
        {
            // The others are what somebody needs now, so one that is damaged must not hide them.
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
        _locations.EnsureCapacity(_locations.Count + pack.Objects.Count);
        foreach (var one in pack.Objects)
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
        foreach (var one in pack.Objects) Remove(one.Id, new PackLocation(pack, one.Kind, one.Block, one.Offset, one.Length));
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

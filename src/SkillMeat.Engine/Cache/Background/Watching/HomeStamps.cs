using SkillMeat.Baselines;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cache.Background.Watching;

/// <summary>The times and sizes of the files of a home that others read: a difference is a change.</summary>
internal sealed class HomeStamps
{
    // Their results are shown with the artifacts.
    private const string Checks = "checks";

    private readonly Dictionary<(string Kind, string Collection), (long, long, long)> _stamps = [];

    private HomeStamps()
    {
    }

    /// <summary>Reads the stamps.</summary>
    /// <exception cref="Errors.StorageException">The folder of the collections cannot be read.</exception>
    /// <param name="store">The home.</param>
    /// <param name="checks">The last update checks of the collections, or null to leave them out.</param>
    public static HomeStamps Read(CollectionStore store, IReadOnlyDictionary<string, (long, long, long)>? checks = null)
    {
        var read = new HomeStamps();
        var layout = store.Layout;
        read.Add("collections", "", layout.ConfigFile, layout.CollectionsFolder);
        read.Add("projects", "", Path.Combine(layout.Home, ProjectList.FileName), Path.Combine(layout.Home, KeptContentList.FolderName));
        read.Add("marketplaces", "", Path.Combine(layout.Home, MarketplaceList.FileName));
        foreach (var name in store.ListNames())
        {
            read.Add("collections", name, layout.Manifest(name), layout.LockFile(name));
            read.Add("snapshots", name, layout.SnapshotsFolder(name));
        }

        foreach (var (collection, stamp) in checks ?? new Dictionary<string, (long, long, long)>()) read._stamps[(Checks, collection)] = stamp;
        return read;
    }

    /// <summary>Compares them with earlier ones. Null if nothing changed.</summary>
    public HomeChange? CompareTo(HomeStamps earlier)
    {
        var changed = _stamps.Keys.Union(earlier._stamps.Keys)
            .Where(key => !_stamps.TryGetValue(key, out var now) || !earlier._stamps.TryGetValue(key, out var before) || now != before)
            .ToList();
        return changed.Count == 0
            ? null
            : new HomeChange(
                TextValues.Of(changed.Select(one => one.Kind == Checks ? "collections" : one.Kind).Distinct().Order(StringComparer.Ordinal)),
                TextValues.Of(changed.Select(one => one.Collection).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)))
            {
                All = changed.Contains(("collections", "")),
            };
    }

    private void Add(string kind, string collection, params string[] paths)
    {
        var (count, times, sizes) = (0L, 0L, 0L);
        foreach (var path in paths)
        {
            var file = new FileInfo(path);
            var isFile = file.Exists;
            if (!isFile && !Directory.Exists(path)) continue;
            count++;
            times = (times * 31) + file.LastWriteTimeUtc.Ticks;
            sizes = (sizes * 31) + (isFile ? file.Length : 0);
        }

        _stamps[(kind, collection)] = (count, times, sizes);
    }
}

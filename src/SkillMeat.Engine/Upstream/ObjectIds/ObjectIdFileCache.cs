using System.Text.Json;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.ObjectIds;

/// <summary>Caches ids in one file: for each path of a repository, those of the last few commits, with the newest paths last.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
/// <param name="mostPaths">The largest number of paths in the file.</param>
internal sealed class ObjectIdFileCache(string file, Random random, Action<string> report, int mostPaths = ObjectIdFileCache.MostPaths) : IObjectIdCache
{
    // About 20 MB, enough for tens of thousands of artifacts, each with its manifest file.
    private const int MostPaths = 100_000;

    /// <summary>The commit an artifact was fetched at, the newest commit, and some more for other collections that follow the same path.</summary>
    private const int CommitsPerPath = 4;

    private readonly JsonCacheFile _file = new(file, "objects", random, report);
    private readonly object _gate = new();
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private Dictionary<string, List<CachedObject>>? _byPath;

    public KnownObject? Find(RepositoryAddress repository, string commit, string path) => FindEntry(repository, commit, path)?.Object;

    public bool TryFind(RepositoryAddress repository, string commit, string path, out KnownObject? found)
    {
        var entry = FindEntry(repository, commit, path);
        found = entry?.Object;
        return entry is not null;
    }

    public IReadOnlyList<string> CommitsOf(RepositoryAddress repository, string path, KnownObject found)
    {
        lock (_gate)
        {
            return Entries().TryGetValue(KeyOf(repository, path), out var entries) ? entries.Where(e => e.Object == found).Select(e => e.Commit.ToString()).ToList() : [];
        }
    }

    public void Add(RepositoryAddress repository, string commit, string path, KnownObject found) => Add(repository, path, CachedObject.Of(commit, found));

    public void AddAbsence(RepositoryAddress repository, string commit, string path) => Add(repository, path, CachedObject.Of(commit, found: null));

    public void Save()
    {
        lock (_gate)
        {
            if (_changed.Count > 0 && _file.Write(Merge(), Write))
            {
                _changed.Clear();
                // The file has them now.
                _byPath = null;
            }
        }
    }

    private static string KeyOf(RepositoryAddress repository, string path) => $"{repository.Url?.AbsoluteUri ?? repository.Folder}#{path}";

    private static void Insert(List<CachedObject> entries, CachedObject newest)
    {
        entries.Insert(0, newest);
        if (entries.Count > CommitsPerPath)
        {
            entries.RemoveAt(entries.Count - 1);
        }
    }

    private CachedObject? FindEntry(RepositoryAddress repository, string commit, string path)
    {
        if (!GitOid.TryParse(commit, out var id)) return null;
        lock (_gate)
        {
            if (!Entries().TryGetValue(KeyOf(repository, path), out var entries)) return null;
            var place = entries.FindIndex(e => e.Commit == id);
            return place < 0 ? null : entries[place];
        }
    }

    private void Add(RepositoryAddress repository, string path, CachedObject newest)
    {
        lock (_gate)
        {
            var key = KeyOf(repository, path);
            if (!Entries().TryGetValue(key, out var entries))
            {
                Entries()[key] = entries = new List<CachedObject>(1);
            }

            if (!entries.Exists(e => e.Commit == newest.Commit))
            {
                Insert(entries, newest);
                _changed.Add(key);
            }
        }
    }

    private Dictionary<string, List<CachedObject>> Entries() => _byPath ??= _file.Read(Parse);

    /// <summary>Merges the added entries into the file's, because another process may have changed it since it was read, and drops the oldest paths.</summary>
    private Dictionary<string, List<CachedObject>> Merge()
    {
        var theirs = _file.Read(Parse);
        var changed = _changed.Select(key => KeyValuePair.Create(key, Merge(theirs.GetValueOrDefault(key), Entries()[key]))).ToList();
        var all = theirs.Where(pair => !_changed.Contains(pair.Key)).Concat(changed).ToList();
        return all.Skip(all.Count - mostPaths).ToDictionary(StringComparer.Ordinal);
    }

    private static List<CachedObject> Merge(List<CachedObject>? theirs, List<CachedObject> ours)
    {
        if (theirs is null) return ours;
        foreach (var entry in Enumerable.Reverse(ours).Where(o => !theirs.Exists(t => t.Commit == o.Commit))) Insert(theirs, entry);
        return theirs;
    }

    private static List<CachedObject> Parse(JsonElement json)
    {
        var entries = new List<CachedObject>(1);
        foreach (var commit in json.EnumerateObject())
        {
            var entry = CachedObject.Parse(commit.Name, commit.Value.GetString());
            if (entries.Count < CommitsPerPath) entries.Add(entry);
        }

        return entries;
    }

    private static void Write(Utf8JsonWriter json, List<CachedObject> entries)
    {
        foreach (var entry in entries)
        {
            json.WriteString(entry.Commit.ToString(), entry.ToString());
        }
    }
}

using System.Text.Json;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.ObjectIds;

/// <summary>Caches ids in one file: for each path of a repository, those of the last few commits.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class ObjectIdFileCache(string file, Random random, Action<string> report) : IObjectIdCache
{
    /// <summary>The commit an artifact was fetched at, the newest commit, and some more for other collections that follow the same path.</summary>
    private const int CommitsPerPath = 4;

    private readonly JsonCacheFile _file = new(file, "objects", random, report);
    private readonly object _gate = new();
    private Dictionary<string, List<Entry>>? _byPath;
    private bool _isChanged;

    public KnownObject? Find(RepositoryAddress repository, string commit, string path)
    {
        lock (_gate)
        {
            return Entries().TryGetValue(KeyOf(repository, path), out var entries) && entries.Find(e => e.Commit == commit) is { } entry ? entry.Object : null;
        }
    }

    public void Add(RepositoryAddress repository, string commit, string path, KnownObject found)
    {
        lock (_gate)
        {
            var key = KeyOf(repository, path);
            if (!Entries().TryGetValue(key, out var entries))
            {
                Entries()[key] = entries = [];
            }

            if (!entries.Exists(e => e.Commit == commit))
            {
                Insert(entries, new Entry(commit, found));
                _isChanged = true;
            }
        }
    }

    public void Save()
    {
        lock (_gate)
        {
            if (_isChanged && _file.Write(Merge(), Write))
            {
                _isChanged = false;
                // The file has them now.
                _byPath = null;
            }
        }
    }

    private static string KeyOf(RepositoryAddress repository, string path) => $"{repository.Url?.AbsoluteUri ?? repository.Folder}#{path}";

    private static void Insert(List<Entry> entries, Entry newest)
    {
        entries.Insert(0, newest);
        if (entries.Count > CommitsPerPath)
        {
            entries.RemoveAt(entries.Count - 1);
        }
    }

    private Dictionary<string, List<Entry>> Entries() => _byPath ??= _file.Read(Parse);

    /// <summary>Merges the entries with those in the file, because another process may have changed it since it was read.</summary>
    private Dictionary<string, List<Entry>> Merge()
    {
        var merged = _file.Read(Parse);
        foreach (var (key, ours) in Entries())
        {
            if (!merged.TryGetValue(key, out var theirs))
            {
                merged[key] = ours;
                continue;
            }

            foreach (var entry in Enumerable.Reverse(ours).Where(o => !theirs.Exists(t => t.Commit == o.Commit)))
            {
                Insert(theirs, entry);
            }
        }

        return merged;
    }

    private static List<Entry> Parse(JsonElement json)
    {
        var entries = new List<Entry>();
        foreach (var commit in json.EnumerateObject())
        {
            // "tree <id>" or "blob <id>", as git prints them.
            var words = commit.Value.GetString()?.Split(' ');
            if (words is not [("tree" or "blob") and var kind, var id] || !GitOid.TryParse(id, out _) || !GitOid.TryParse(commit.Name, out _))
            {
                throw new FormatException($"'{commit.Name}' is not a commit with a tree or blob id");
            }

            entries.Add(new Entry(commit.Name, new KnownObject(id, kind == "tree")));
        }

        return entries.Take(CommitsPerPath).ToList();
    }

    private static void Write(Utf8JsonWriter json, List<Entry> entries)
    {
        foreach (var entry in entries)
        {
            json.WriteString(entry.Commit, $"{(entry.Object.IsFolder ? "tree" : "blob")} {entry.Object.Id}");
        }
    }

    private sealed record Entry(string Commit, KnownObject Object);
}

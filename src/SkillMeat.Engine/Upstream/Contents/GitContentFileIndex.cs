using System.Text.Json;
using SkillMeat.Objects;
using SkillMeat.Upstream.Caching;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Stores the index in one file, with the newest entries last.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
/// <param name="mostEntries">The largest number of entries in the file.</param>
internal sealed class GitContentFileIndex(string file, Random random, Action<string> report, int mostEntries = GitContentFileIndex.MostEntries) : IGitContentIndex
{
    // About 15 MB, enough for thousands of artifacts with dozens of files each.
    private const int MostEntries = 100_000;

    private readonly JsonCacheFile _file = new(file, "contents", random, report);
    private readonly Dictionary<string, StoredContent> _added = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    // The entries that this process fetched or verified. Entries from the file are not trusted, because anybody may have written them.
    private readonly Dictionary<string, StoredContent> _checked = new(StringComparer.Ordinal);
    private Dictionary<string, StoredContent>? _entries;

    public StoredContent? FindFile(GitOid blob, ObjectStore store) =>
        Find(blob.ToString()) is { IsFolder: false } found && IsRight(blob, found, store) ? found : null;

    public StoredContent? FindFolder(GitOid tree, ObjectStore store) => Find(tree.ToString()) is { IsFolder: true } found && IsRight(tree, found, store) ? found : null;

    public bool Knows(RepositoryAddress repository, string path) => Find(KeyOf(repository, path)) is not null;

    public void Add(GitOid id, StoredContent content)
    {
        Add(id.ToString(), content);
        lock (_gate) _checked[id.ToString()] = content;
    }

    public void Add(RepositoryAddress repository, string path, StoredContent content) => Add(KeyOf(repository, path), content);

    public void Save()
    {
        lock (_gate)
        {
            if (_added.Count == 0) return;
            // Another process may have changed the file since it was read.
            var all = _file.Read(Parse).Where(pair => !_added.ContainsKey(pair.Key)).Concat(_added).ToList();
            if (_file.Write(all.Skip(all.Count - mostEntries).ToDictionary(StringComparer.Ordinal), Write)) _added.Clear();
        }
    }

    private static string KeyOf(RepositoryAddress repository, string path) => $"{repository.Url?.AbsoluteUri}#{path}";

    private bool IsRight(GitOid id, StoredContent content, ObjectStore store)
    {
        var check = new StoredContentCheck(store);
        var key = id.ToString();
        lock (_gate)
        {
            // Parts of the content may have been removed in the meantime.
            if (_checked.TryGetValue(key, out var known) && known == content) return check.IsThere(content);
        }

        if (!check.IsRight(id, content)) return false;
        lock (_gate) _checked[key] = content;
        return true;
    }

    private StoredContent? Find(string key)
    {
        lock (_gate) return (_entries ??= _file.Read(Parse)).TryGetValue(key, out var found) ? found : null;
    }

    private void Add(string key, StoredContent content)
    {
        lock (_gate)
        {
            _entries ??= _file.Read(Parse);
            if (_entries.TryGetValue(key, out var known) && known == content) return;
            _entries[key] = _added[key] = content;
        }
    }

    private static StoredContent Parse(JsonElement json)
    {
        var (name, isFolder, isLfs) = json.TryGetProperty("folder", out var folder) ? (folder, true, false)
            : json.TryGetProperty("lfs", out var file) ? (file, false, true)
            : (json.GetProperty("file"), false, false);
        return ObjectId.TryParse(name.GetString(), out var id) && json.GetProperty("size").GetInt64() is >= 0 and var size
            ? new StoredContent(id, size, isFolder) { IsLfs = isLfs }
            : throw new FormatException("an entry names no stored object");
    }

    private static void Write(Utf8JsonWriter json, StoredContent content)
    {
        json.WriteString(content.IsFolder ? "folder" : content.IsLfs ? "lfs" : "file", content.Id.ToString());
        json.WriteNumber("size", content.Size);
    }
}

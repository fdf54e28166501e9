using SkillMeat.Upstream.Caching;

namespace SkillMeat.Upstream.Listings;

/// <summary>The cached files and texts of one repository.</summary>
/// <param name="file">The file of the cache.</param>
internal sealed class RepositoryListings(JsonCacheFile file)
{
    /// <summary>The largest number of files and folders in a list.</summary>
    public const int MostItems = 100_000;

    // A branch that is followed, and some more that are looked at in turn.
    private const int MostCommits = 4;
    private const int LongestText = 256 * 1024;
    private const int LongestTexts = 16 * 1024 * 1024;

    private readonly List<string> _commits = [];
    private readonly List<string> _texts = [];
    private Dictionary<string, CachedListing>? _entries;

    /// <summary>Returns the files at a commit, or null.</summary>
    public IReadOnlyList<TreeItem>? Find(string commit) => Entries().GetValueOrDefault(commit)?.Items;

    /// <summary>Adds the files at a commit.</summary>
    public void Add(string commit, IReadOnlyList<TreeItem> items)
    {
        if (items.Count > MostItems || !Entries().TryAdd(commit, new CachedListing(items, Text: null))) return;
        _commits.Add(commit);
    }

    /// <summary>Returns the text of a file, or null.</summary>
    public string? FindText(string blobId, bool isWhole) => Entries().GetValueOrDefault(KeyOf(blobId, isWhole))?.Text;

    /// <summary>Adds the text of a file.</summary>
    public void AddText(string blobId, bool isWhole, string text)
    {
        var key = KeyOf(blobId, isWhole);
        if (text.Length <= LongestText && Entries().TryAdd(key, new CachedListing(Items: null, text))) _texts.Add(key);
    }

    /// <summary>Writes what was added.</summary>
    /// <returns>Whether anything was written.</returns>
    public bool Save()
    {
        if ((_commits.Count == 0 && _texts.Count == 0) || !file.Write(Merge(), (json, entry) => entry.Write(json))) return false;
        _commits.Clear();
        _texts.Clear();
        _entries = null;
        return true;
    }

    private static string KeyOf(string blobId, bool isWhole) => (isWhole ? "text " : "head ") + blobId;

    private Dictionary<string, CachedListing> Entries() => _entries ??= file.Read(CachedListing.Parse);

    // Another process may have changed the file since it was read. Texts that no listed commit has any more are left out.
    private Dictionary<string, CachedListing> Merge()
    {
        var (ours, theirs) = (Entries(), file.Read(CachedListing.Parse));
        var commits = _commits.AsEnumerable().Reverse().Concat(theirs.Where(one => one.Value.Items is not null).Select(one => one.Key)).Distinct().Take(MostCommits).ToList();
        var merged = commits.ToDictionary(commit => commit, commit => ours.GetValueOrDefault(commit) ?? theirs[commit], StringComparer.Ordinal);
        var blobs = merged.Values.SelectMany(one => one.Items!).Where(item => !item.IsFolder).Select(item => item.ObjectId).ToHashSet(StringComparer.Ordinal);
        var length = 0;
        foreach (var (key, entry) in _texts.Select(key => KeyValuePair.Create(key, ours[key])).Concat(theirs.Where(one => one.Value.Text is not null)))
        {
            if (length + entry.Text!.Length > LongestTexts) break;
            if (blobs.Contains(key[(key.IndexOf(' ') + 1)..]) && merged.TryAdd(key, entry)) length += entry.Text.Length;
        }

        return merged;
    }
}

using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Drift;

/// <summary>
/// The contents of a folder by their object ids, without storing anything. Files that are unchanged since the last scan are not read, if their content is in the store. Immutable.
/// </summary>
internal sealed class ScannedFolder
{
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, RememberedFolder> _seen;

    private ScannedFolder(string folder, IReadOnlyDictionary<string, RememberedFolder> seen)
    {
        _folder = folder;
        _seen = seen;
    }

    /// <summary>Scans a folder. One that does not exist has no contents.</summary>
    /// <param name="folder">The full path of the folder. If it is a link, it is followed.</param>
    /// <param name="objects">The store of the home.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isFull">Whether to read every file, whatever is remembered.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <param name="remembers">Whether to remember what was read for the next scan, which writes a cache.</param>
    /// <exception cref="Errors.StorageException">Something in it cannot be read.</exception>
    public static ScannedFolder Of(string folder, ObjectStore objects, TimeProvider time, bool isFull, CancellationToken cancellationToken, bool remembers = true)
    {
        if (!Directory.Exists(folder)) return new ScannedFolder(folder, new Dictionary<string, RememberedFolder>());
        var cache = new StatCache(objects.Disk, objects.Home, folder);
        // Never committed, so that nothing is stored.
        using var writer = new ObjectWriter(objects);
        using var run = new ScanRun(writer, folder, isFull ? (0, new Dictionary<string, RememberedFolder>()) : cache.Read(), time, cancellationToken);
        run.Scan();
        if (remembers && run.IsWorthSaving) cache.TryWrite(run.StartedAt, run.Seen);
        return new ScannedFolder(folder, run.Seen);
    }

    /// <summary>The files and folders directly in it.</summary>
    public IEnumerable<RememberedEntry> Entries => _seen.GetValueOrDefault("")?.Entries ?? [];

    /// <summary>Finds a file, folder or link by its path in the folder, with <c>/</c>.</summary>
    public RememberedEntry? Find(string path)
    {
        var end = path.LastIndexOf('/');
        var (parent, name) = end < 0 ? ("", path) : (path[..end], path[(end + 1)..]);
        if (_seen.GetValueOrDefault(parent) is not { } folder) return null;
        foreach (var entry in folder.Entries)
        {
            if (entry.Name == name) return entry;
        }

        return null;
    }

    /// <summary>Returns the files in a folder by their paths in it, with their object ids. Links are among them, by their texts.</summary>
    public IReadOnlyDictionary<string, ObjectId> FilesIn(string path)
    {
        var files = new Dictionary<string, ObjectId>(StringComparer.Ordinal);
        Add(path, "");
        return files;

        void Add(string folder, string below)
        {
            foreach (var entry in _seen.GetValueOrDefault(folder)?.Entries ?? [])
            {
                var name = below + entry.Name;
                if (entry.Stamp.Type == FileType.Folder) Add(folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}", name + "/");
                else if (entry.Stamp.Type is FileType.File or FileType.Link) files[name] = entry.Id;
            }
        }
    }

    /// <summary>Returns the content hash of a file or folder, from the cache if possible.</summary>
    /// <param name="path">Its path in the folder, with <c>/</c>.</param>
    /// <param name="entry">The entry that was found there.</param>
    /// <param name="hashes">The cache.</param>
    /// <exception cref="Errors.StorageException">It cannot be read.</exception>
    public string HashOf(string path, RememberedEntry entry, ContentHashCache hashes)
    {
        if (hashes.Find(entry.Id) is { } known) return known;
        var full = Path.Combine(_folder, path.Replace('/', Path.DirectorySeparatorChar));
        var hash = ContentHash.Of(full);
        // The content hash follows links to files, which the object id does not cover.
        if (entry.Stamp.Type != FileType.Link && !HasLinks(path, entry) && IsUnchanged(path, entry)) hashes.Add(entry.Id, hash);
        return hash;
    }

    private bool HasLinks(string path, RememberedEntry entry) => entry.Stamp.Type == FileType.Folder
        && (_seen.GetValueOrDefault(path)?.Entries.Any(child => child.Stamp.Type == FileType.Link || HasLinks($"{path}/{child.Name}", child)) ?? true);

    // A hash that belongs to another content must not be remembered.
    private bool IsUnchanged(string path, RememberedEntry entry)
    {
        using var stamps = new StampReader(_folder);
        return IsUnchanged(stamps, path, entry);
    }

    private bool IsUnchanged(StampReader stamps, string path, RememberedEntry entry) => stamps.TryRead(path, out var now) && now == entry.Stamp
        && (entry.Stamp.Type != FileType.Folder || (_seen.GetValueOrDefault(path)?.Entries.All(child => IsUnchanged(stamps, $"{path}/{child.Name}", child)) ?? false));
}

using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Projects.Syncing;

/// <summary>Reads, stores and compares the contents of a sync, and brings a content to a side. Not thread-safe.</summary>
internal sealed class SyncContents(ObjectStore objects, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    private readonly DiskContent _disk = new(objects, time);
    private readonly Dictionary<(bool IsFolder, ObjectId Id), string> _hashes = [];
    private ObjectWriter? _writer;

    /// <summary>Reads the entry for a path, or null if nothing is there. Stores nothing.</summary>
    /// <exception cref="Errors.StorageException">It cannot be read.</exception>
    public TreeEntry? Read(string path) => _disk.Read(path, Path.GetFileName(path), cancellationToken);

    /// <summary>Stores the file or folder at a path. Its content may be newer than the entry.</summary>
    /// <exception cref="Errors.StorageException">It cannot be read, or the objects cannot be written.</exception>
    public TreeEntry Store(string path, TreeEntry found)
    {
        if (found.Kind == TreeEntryKind.Folder)
        {
            var scan = objects.Store(path, time, cancellationToken).Scan;
            return found with { Id = scan.Id, Size = scan.Size };
        }

        using var writer = objects.BeginWrite();
        using var file = Storage.StorageGuard.Run("read", path, () => RegularFile.OpenRead(path, LinkUse.Refuse));
        var id = writer.AddBlob(file, file.Length, cancellationToken);
        writer.Commit();
        return found with { Id = id, Size = file.Length };
    }

    /// <summary>Whether two contents have the same files with the same bytes. Permissions and empty folders do not count, as in the content hash.</summary>
    public bool AreSame(TreeEntry one, TreeEntry other)
    {
        if (one.Kind == TreeEntryKind.Folder != (other.Kind == TreeEntryKind.Folder)) return false;
        if (one.HasContentOf(other)) return true;
        if (one.Kind != TreeEntryKind.Folder) return false;
        var (files, others) = (ContentFiles.Of(objects, one).Files, ContentFiles.Of(objects, other).Files);
        return files.Count == others.Count && files.All(file => others.TryGetValue(file.Key, out var same) && same.HasContentOf(file.Value));
    }

    /// <summary>Returns the content hash of a stored content.</summary>
    public string HashOf(TreeEntry content)
    {
        var key = (content.Kind == TreeEntryKind.Folder, content.Id);
        if (!_hashes.TryGetValue(key, out var hash)) _hashes[key] = hash = ContentFiles.Of(objects, content).ContentHash();
        return hash;
    }

    /// <summary>Plans the change of a side to a content. Its permissions and its empty folders stay. The result can be read after <see cref="Commit"/>.</summary>
    /// <param name="side">The stored content of the side, or null if it has none.</param>
    /// <param name="wanted">The stored content to bring there.</param>
    /// <param name="name">The name of the file or folder on that side.</param>
    public PlannedContent Land(TreeEntry? side, TreeEntry wanted, string name)
    {
        var files = ContentFiles.Of(objects, wanted);
        if (side is not null) return new ContentPlanner(objects, _writer ??= objects.BeginWrite(), baseFiles: null, ContentFiles.Of(objects, side), files).PlanResolved(files, isClean: true);
        var added = files.Files.Keys.Order(StringComparer.Ordinal).Select(file => new Updates.FileUpdate(files.IsFolder ? file : name, Updates.FileUpdateKind.Added));
        return new PlannedContent(wanted with { Name = name }, [.. added], [], IsMerged: false);
    }

    /// <summary>Makes what was planned readable.</summary>
    public void Commit()
    {
        _writer?.Commit();
        _writer?.Dispose();
        _writer = null;
    }

    public void Dispose() => _writer?.Dispose();
}

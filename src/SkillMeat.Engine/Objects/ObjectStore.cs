using SkillMeat.Errors;
using SkillMeat.Objects.Packs;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects;

/// <summary>
/// The content-addressed objects of a home: files and folders, each distinct content once, compressed, under its hash. Everything is verified when it is read, and damaged
/// bytes are never returned.
/// </summary>
/// <remarks>
/// Thread-safe, and any number of processes can read and add objects at the same time without a lock. Only <see cref="Maintenance.ObjectCollector"/> removes objects,
/// under locks that exclude writers.
/// </remarks>
internal sealed class ObjectStore
{
    private readonly PackFolder _folder;
    private readonly PackCatalog _catalog;

    /// <summary>Opens the store of a home, which need not exist yet.</summary>
    /// <param name="home">The path of the home.</param>
    /// <param name="random">Makes the names of temporary files.</param>
    /// <param name="faults">A hook before every effect on the file system; null in production.</param>
    /// <param name="shared">Another home whose objects can be read as well, but which is not written, or null.</param>
    public ObjectStore(string home, Random random, IStorageFaults? faults = null, string? shared = null)
    {
        Home = Path.TrimEndingDirectorySeparator(Path.GetFullPath(home));
        Disk = new Disk(faults, random);
        _folder = new PackFolder(Home, Disk, shared);
        _catalog = new PackCatalog(_folder, new IndexCache(Home, Disk));
        Reader = new ObjectReader(_folder, _catalog);
    }

    /// <summary>The full path of the home.</summary>
    public string Home { get; }

    /// <summary>Whether a file or folder, given by its full path, is in the home.</summary>
    public bool IsInHome(string path) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Home + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    internal Disk Disk { get; }

    internal ObjectReader Reader { get; }

    internal PackFolder Folder => _folder;

    internal PackCatalog Catalog => _catalog;

    /// <summary>Whether there is an object with this id, including those that other processes added meanwhile.</summary>
    public bool Contains(ObjectId id)
    {
        if (_catalog.TryFind(id, out _)) return true;
        _catalog.Refresh();
        return _catalog.TryFind(id, out _);
    }

    /// <summary>Begins to add objects, which can be read once the writer is committed.</summary>
    /// <exception cref="StorageException">The folder of objects cannot be read.</exception>
    public ObjectWriter BeginWrite()
    {
        // Objects that the collector of another process removed meanwhile must not count as stored.
        _catalog.Refresh();
        return new ObjectWriter(this);
    }

    /// <summary>Begins to add objects by several writers to one pack.</summary>
    /// <exception cref="StorageException">The folder of objects cannot be read.</exception>
    public ObjectBatch BeginBatch()
    {
        _catalog.Refresh();
        return new ObjectBatch(this);
    }

    /// <summary>Stores the current content of a folder. Files that are unchanged since the last time are not read.</summary>
    /// <param name="folder">The folder. If it is a link, it is followed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <exception cref="StorageException">Something in it cannot be read, or the objects cannot be written.</exception>
    public StoredFolder Store(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        using var writer = BeginWrite();
        var scan = new TreeScanner(this, time).Scan(writer, folder, cancellationToken);
        writer.Commit();
        return new StoredFolder(scan, writer.BytesWritten);
    }

    /// <summary>Opens a stored file.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>. Reading can throw it as well.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read. Reading can throw it as well.</exception>
    public BlobStream OpenBlob(ObjectId id) => new(Reader, id);

    /// <summary>Reads all bytes of a stored file.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public byte[] ReadBlob(ObjectId id) => ReadBlob(id, Array.MaxLength);

    /// <summary>Reads all bytes of a stored file of limited length.</summary>
    /// <param name="id">The id of the file.</param>
    /// <param name="mostBytes">The largest length.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public byte[] ReadBlob(ObjectId id, int mostBytes)
    {
        using var stream = OpenBlob(id);
        if (stream.Length > mostBytes) throw ObjectErrors.Corrupt(Folder.Path, FormattableString.Invariant($"its object {id} has {stream.Length} bytes, and the limit for its purpose is {mostBytes}"));
        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads the entries of a folder, ordered by the UTF-8 bytes of their names.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public IReadOnlyList<TreeEntry> ReadTree(ObjectId id)
    {
        var root = Reader.ReadTreeNode(id);
        if (root.Level == 0) return root.Entries;
        var entries = new List<TreeEntry>();
        Collect(id, root, entries);
        // Each node is in order, but one can be listed twice.
        for (var i = 1; i < entries.Count; i++)
        {
            if (TreeFormat.Compare(entries[i - 1].Name, entries[i].Name) >= 0) throw ObjectErrors.Corrupt(Folder.Path, $"its object {id} is damaged: the names in a folder are not in order");
        }

        return entries;
    }

    /// <summary>Finds an entry by its path in a tree, with <c>/</c> as the separator, or returns null. Reads only the nodes on the way.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public TreeEntry? Find(ObjectId tree, string path)
    {
        TreeEntry? found = null;
        foreach (var name in path.Split('/'))
        {
            if (found is { Kind: not TreeEntryKind.Folder }) return null;
            found = FindName(found?.Id ?? tree, name);
            if (found is null) return null;
        }

        return found;
    }

    private void Collect(ObjectId tree, TreeNode node, List<TreeEntry> entries)
    {
        entries.AddRange(node.Entries);
        TreeLimits.Check(Folder.Path, tree, depth: 0, entries.Count);
        foreach (var child in node.Children) Collect(tree, Reader.ReadTreeNode(child.Id, below: node), entries);
    }

    private TreeEntry? FindName(ObjectId tree, string name)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        for (var node = Reader.ReadTreeNode(tree); ;)
        {
            if (node.Level == 0) return node.Entries.FirstOrDefault(entry => entry.Name == name);
            var child = node.Children.FirstOrDefault(child => child.LastName.AsSpan().SequenceCompareTo(bytes) >= 0);
            if (child.LastName is null) return null;
            node = Reader.ReadTreeNode(child.Id, below: node);
        }
    }
}

using SkillMeat.Errors;
using SkillMeat.Objects.Packs;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects;

/// <summary>
/// The content-addressed objects of a home: files and folders, each distinct content once, compressed, called by a hash of it. Everything that is read is checked; wrong
/// bytes are never handed out.
/// </summary>
/// <remarks>
/// Safe from several threads, and any number of processes may read and add at once, without a lock. Only <see cref="Maintenance.ObjectCollector"/> takes objects away,
/// under locks that keep writers out.
/// </remarks>
internal sealed class ObjectStore
{
    private readonly PackFolder _folder;
    private readonly PackCatalog _catalog;

    /// <summary>Opens the store of a home; it need not be there yet.</summary>
    /// <param name="home">The home.</param>
    /// <param name="faults">Stands before every effect on the file system; null in production.</param>
    /// <param name="shared">A home whose objects are there as well, but which is not written to; null for none.</param>
    public ObjectStore(string home, IStorageFaults? faults = null, string? shared = null)
    {
        Home = Path.TrimEndingDirectorySeparator(Path.GetFullPath(home));
        Disk = new Disk(faults);
        _folder = new PackFolder(Home, Disk, shared);
        _catalog = new PackCatalog(_folder, new IndexCache(Home, Disk));
        Reader = new ObjectReader(_folder, _catalog);
    }

    /// <summary>The home's full path.</summary>
    public string Home { get; }

    /// <summary>Whether a file or folder, named by its full path, belongs to the home.</summary>
    public bool IsInHome(string path) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Home + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    internal Disk Disk { get; }

    internal ObjectReader Reader { get; }

    internal PackFolder Folder => _folder;

    internal PackCatalog Catalog => _catalog;

    /// <summary>Whether there is an object of that id, here or in what another process added meanwhile.</summary>
    public bool Contains(ObjectId id)
    {
        if (_catalog.TryFind(id, out _)) return true;
        _catalog.Refresh();
        return _catalog.TryFind(id, out _);
    }

    /// <summary>Begins to add objects. They can be read once the session is committed.</summary>
    /// <exception cref="StorageException">The folder of objects can't be read.</exception>
    public ObjectWriter BeginWrite()
    {
        // What the collector of another process took away meanwhile must not count as stored.
        _catalog.Refresh();
        return new ObjectWriter(this);
    }

    /// <summary>Stores a folder as it is, with what earlier stores of it have shown.</summary>
    /// <param name="folder">The folder; if it is a link, where that leads.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">Something in it can't be read, or the objects can't be written.</exception>
    public StoredFolder Store(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        using var writer = BeginWrite();
        var scan = new TreeScanner(this, time).Scan(writer, folder, cancellationToken);
        writer.Commit();
        return new StoredFolder(scan, writer.BytesWritten);
    }

    /// <summary>Opens a stored file.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>, also later while reading.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack can't be read, also later while reading.</exception>
    public BlobStream OpenBlob(ObjectId id) => new(Reader, id);

    /// <summary>All bytes of a stored file.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack can't be read.</exception>
    public byte[] ReadBlob(ObjectId id)
    {
        using var stream = OpenBlob(id);
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)stream.Length));
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>What is in a folder, in the order of the names' UTF-8 bytes.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack can't be read.</exception>
    public IReadOnlyList<TreeEntry> ReadTree(ObjectId id)
    {
        var root = Reader.ReadTreeNode(id);
        if (root.Level == 0) return root.Entries;
        var entries = new List<TreeEntry>();
        Collect(root, entries);
        return entries;
    }

    /// <summary>What a path in a tree names, with <c>/</c> between its parts; null when there is no such path. Reads only the nodes on the way.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack can't be read.</exception>
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

    private void Collect(TreeNode node, List<TreeEntry> entries)
    {
        entries.AddRange(node.Entries);
        foreach (var child in node.Children) Collect(Reader.ReadTreeNode(child.Id), entries);
    }

    private TreeEntry? FindName(ObjectId tree, string name)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        for (var node = Reader.ReadTreeNode(tree); ;)
        {
            if (node.Level == 0) return node.Entries.FirstOrDefault(entry => entry.Name == name);
            var child = node.Children.FirstOrDefault(child => child.LastName.AsSpan().SequenceCompareTo(bytes) >= 0);
            if (child.LastName is null) return null;
            node = Reader.ReadTreeNode(child.Id);
        }
    }
}

using System.Buffers;
using System.Text;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Folders;

/// <summary>Reads what is at a path, as the entry that a tree would have for it. Stores nothing.</summary>
internal sealed class DiskContent(ObjectStore store, TimeProvider time)
{
    private const int Slice = 1 << 16;

    /// <summary>Reads the entry for a path.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="name">The name of the entry.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The entry, or null if nothing exists there.</returns>
    /// <exception cref="Errors.StorageException">It cannot be read.</exception>
    public TreeEntry? Read(string path, string name, CancellationToken cancellationToken)
    {
        if (!Disk.HasEntry(path)) return null;
        if (StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget) is { } target)
        {
            var text = Encoding.UTF8.GetBytes(target);
            return new TreeEntry(name, TreeEntryKind.Link, ObjectHash.Of(ObjectKind.Blob, text), text.Length);
        }

        return Directory.Exists(path) ? ReadFolder(path, name, cancellationToken) : ReadFile(path, name, cancellationToken);
    }

    /// <summary>Whether a path has exactly the content of an entry: names, kinds and bytes. Permissions are ignored, because not every file system has them, and upstream has none.</summary>
    /// <exception cref="Errors.StorageException">It cannot be read.</exception>
    public bool Holds(string path, TreeEntry wanted, CancellationToken cancellationToken)
    {
        if (wanted.Kind != TreeEntryKind.Folder) return Read(path, wanted.Name, cancellationToken) is { } found && KindOf(found) == KindOf(wanted) && found.Id == wanted.Id;
        // With equal permissions the trees are equal, which one scan finds out.
        if (Directory.Exists(path) && ReadFolder(path, wanted.Name, cancellationToken).Id == wanted.Id) return true;
        return HoldsEach(path, wanted, cancellationToken);
    }

    private bool HoldsEach(string path, TreeEntry wanted, CancellationToken cancellationToken)
    {
        if (wanted.Kind != TreeEntryKind.Folder) return Holds(path, wanted, cancellationToken);
        var names = StorageGuard.Run("read", path, () => Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null
            ? Directory.EnumerateFileSystemEntries(path, "*", new EnumerationOptions { AttributesToSkip = 0 }).Select(entry => Path.GetFileName(entry)!).ToHashSet(StringComparer.Ordinal)
            : null);
        var entries = store.ReadTree(wanted.Id);
        return names is not null && names.Count == entries.Count && entries.All(entry => names.Contains(entry.Name) && HoldsEach(Path.Combine(path, entry.Name), entry, cancellationToken));
    }

    // Windows has no executable bit.
    private static TreeEntryKind KindOf(TreeEntry entry) => OperatingSystem.IsWindows() && entry.Kind == TreeEntryKind.Executable ? TreeEntryKind.File : entry.Kind;

    private TreeEntry ReadFolder(string path, string name, CancellationToken cancellationToken)
    {
        // Never committed, so that nothing is stored, and it does not matter which objects other processes have added or removed.
        using var writer = new ObjectWriter(store);
        using var run = new ScanRun(writer, path, (0, new Dictionary<string, RememberedFolder>()), time, cancellationToken);
        var scan = run.Scan();
        return new TreeEntry(name, TreeEntryKind.Folder, scan.Id, scan.Size) { Mode = ModeOf(path) };
    }

    private static TreeEntry ReadFile(string path, string name, CancellationToken cancellationToken) => StorageGuard.Run("read", path, () =>
    {
        using var file = Disk.OpenRead(path);
        var length = file.Length;
        using var hash = ObjectHash.Begin(ObjectKind.Blob, length);
        var buffer = ArrayPool<byte>.Shared.Rent(Slice);
        try
        {
            for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var mode = ModeOf(path);
        var kind = (mode & (int)UnixFileMode.UserExecute) != 0 ? TreeEntryKind.Executable : TreeEntryKind.File;
        return new TreeEntry(name, kind, ObjectHash.End(hash), length) { Mode = mode };
    });

    private static int ModeOf(string path) => OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path) & TreeEntry.AllPermissions;
}

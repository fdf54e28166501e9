using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Trees;

/// <summary>
/// Writes a stored tree into a new folder. Everything is validated before anything is written. The folder is incomplete until this returns, and after a crash, so
/// callers write to a temporary place and rename it. Thread-safe.
/// </summary>
/// <param name="store">The store with the contents.</param>
/// <param name="links">The links that may be written.</param>
/// <param name="rules">The names that may be written, or null for the rules of the current system.</param>
internal sealed class TreeWriter(ObjectStore store, LinkPolicy links = LinkPolicy.WithinFolder, NameRules? rules = null)
{
    private readonly NameRules _rules = rules ?? NameRules.Current;

    // One flush of the volume instead of one for each file, which would take most of the time.
    private static bool FlushesVolume => OperatingSystem.IsLinux();

    /// <summary>Writes a tree, which is on the device when this returns.</summary>
    /// <param name="tree">The tree to write.</param>
    /// <param name="folder">The new folder, whose parent must exist.</param>
    /// <param name="cancellationToken">Cancels the operation, and removes what was written.</param>
    /// <exception cref="StorageException">
    /// The folder already exists, a name or link is not allowed here, a file operation failed, or an object is missing (<see cref="ErrorIds.ObjectMissing"/>). The folder
    /// does not exist then, unless it cannot even be removed.
    /// </exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>. The folder does not exist then.</exception>
    public void Write(ObjectId tree, string folder, CancellationToken cancellationToken) => Write(tree, mode: 0, folder, isFlushed: true, cancellationToken);

    /// <summary>Writes a tree without flushing it, for a caller that flushes, such as a transaction.</summary>
    /// <inheritdoc cref="Write(ObjectId, string, CancellationToken)"/>
    /// <param name="tree">The tree to write.</param>
    /// <param name="mode">The permissions of the folder itself; 0 for the default ones.</param>
    /// <param name="folder">The new folder, whose parent must exist.</param>
    /// <param name="cancellationToken">Cancels the operation, and removes what was written.</param>
    public void Fill(ObjectId tree, int mode, string folder, CancellationToken cancellationToken) => Write(tree, mode, folder, isFlushed: false, cancellationToken);

    /// <summary>Writes a stored file without flushing it.</summary>
    /// <param name="entry">The file to write.</param>
    /// <param name="path">The path of the new file, whose folder must exist.</param>
    /// <param name="cancellationToken">Cancels the operation. A partial file is left, which the caller removes.</param>
    /// <exception cref="StorageException">A file operation failed, or an object is missing (<see cref="ErrorIds.ObjectMissing"/>).</exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    public void FillFile(TreeEntry entry, string path, CancellationToken cancellationToken) => WriteFile(entry, path, isFlushed: false, cancellationToken);

    /// <summary>Creates a stored link.</summary>
    /// <param name="entry">The link.</param>
    /// <param name="path">The path of the new link, whose folder must exist.</param>
    /// <exception cref="StorageException">A file operation failed, or the object is missing (<see cref="ErrorIds.ObjectMissing"/>).</exception>
    public void FillLink(TreeEntry entry, string path) => store.Disk.CreateLink(path, Encoding.UTF8.GetString(store.ReadBlob(entry.Id, TreeLimits.LinkTarget)));

    private void Write(ObjectId tree, int mode, string folder, bool isFlushed, CancellationToken cancellationToken)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Disk.HasEntry(target)) throw new StorageException(ErrorIds.StorageFailed, target, $"cannot write {target}: it already exists");
        var plan = new List<PlannedEntry>();
        Plan(tree, target, "", depth: 0, plan, cancellationToken);
        var targets = LinkTargets(plan, target);
        var flushesEach = isFlushed && !FlushesVolume;
        try
        {
            store.Disk.CreateFolder(target);
            foreach (var planned in plan) Write(planned, Path.Combine(target, planned.Path), targets, flushesEach, cancellationToken);
            SetFolderModes(plan, mode, target);
            if (flushesEach) FlushFolders(plan, target);
            else if (isFlushed) store.Disk.FlushVolume(target);
        }
        catch
        {
            store.Disk.TryDeleteFolder(target);
            throw;
        }
    }

    private void Plan(ObjectId tree, string target, string folder, int depth, List<PlannedEntry> plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entries = store.ReadTree(tree);
        TreeLimits.Check(store.Folder.Path, tree, depth, plan.Count + entries.Count);
        _rules.Check(Path.Combine(target, folder), entries.Select(entry => entry.Name));
        foreach (var entry in entries)
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            plan.Add(new PlannedEntry(path, entry));
            if (entry.Kind == TreeEntryKind.Folder) Plan(entry.Id, target, path, depth + 1, plan, cancellationToken);
        }
    }

    private Dictionary<string, string> LinkTargets(List<PlannedEntry> plan, string folder)
    {
        var planned = plan.Where(one => one.Entry.Kind == TreeEntryKind.Link).ToList();
        var linkRules = new LinkRules(planned.Select(one => one.Path));
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in planned)
        {
            var target = Encoding.UTF8.GetString(store.ReadBlob(link.Entry.Id, TreeLimits.LinkTarget));
            if (links == LinkPolicy.WithinFolder) linkRules.Check(link.Path, target, folder);
            targets.Add(link.Path, target);
        }

        return targets;
    }

    private void Write(PlannedEntry planned, string path, Dictionary<string, string> targets, bool isFlushed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (planned.Entry.Kind)
        {
            case TreeEntryKind.Folder:
                store.Disk.CreateFolder(path);
                break;
            case TreeEntryKind.Link:
                store.Disk.CreateLink(path, targets[planned.Path]);
                break;
            default:
                WriteFile(planned.Entry, path, isFlushed, cancellationToken);
                break;
        }
    }

    private void WriteFile(TreeEntry entry, string path, bool isFlushed, CancellationToken cancellationToken)
    {
        using var source = store.OpenBlob(entry.Id);
        using var file = entry.Mode == 0 ? store.Disk.CreatePlain(path, entry.Kind == TreeEntryKind.Executable) : store.Disk.CreateWithMode(path, (UnixFileMode)entry.Mode);
        for (var piece = source.ReadPiece(); !piece.IsEmpty; piece = source.ReadPiece())
        {
            cancellationToken.ThrowIfCancellationRequested();
            store.Disk.Append(file, piece, path);
        }

        if (isFlushed) store.Disk.Flush(file, path);
    }

    // Last, and from the inside out, because a folder may be read-only.
    private void SetFolderModes(List<PlannedEntry> plan, int mode, string target)
    {
        foreach (var planned in Enumerable.Reverse(plan).Where(one => one.Entry is { Kind: TreeEntryKind.Folder, Mode: not 0 }))
        {
            store.Disk.SetFolderMode(Path.Combine(target, planned.Path), (UnixFileMode)planned.Entry.Mode);
        }

        if (mode != 0) store.Disk.SetFolderMode(target, (UnixFileMode)mode);
    }

    private void FlushFolders(List<PlannedEntry> plan, string target)
    {
        foreach (var planned in plan.Where(planned => planned.Entry.Kind == TreeEntryKind.Folder)) store.Disk.FlushFolder(Path.Combine(target, planned.Path));
        store.Disk.FlushFolder(target);
        store.Disk.FlushFolder(Path.GetDirectoryName(target)!);
    }
}

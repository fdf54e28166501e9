using System.Text;
using SkillMeat.Errors;

namespace SkillMeat.Storage.Objects.Trees;

/// <summary>
/// Writes a stored tree into a new folder. Everything that can be refused is refused before anything is written, and the folder is on the device when the call returns. Until
/// then, and after a crash, it is a part of one: callers choose a place where nobody looks, and rename it. Safe from several threads.
/// </summary>
internal sealed class TreeWriter(ObjectStore store, NameRules? rules = null)
{
    private readonly NameRules _rules = rules ?? NameRules.OfThisSystem;

    // One flush of the volume instead of one for each file, which would be most of the time.
    private static bool FlushesVolume => OperatingSystem.IsLinux();

    /// <summary>Writes the tree.</summary>
    /// <param name="tree">What to write.</param>
    /// <param name="folder">The new folder; its parent must be there.</param>
    /// <param name="cancellationToken">Stops, and takes away what was written.</param>
    /// <exception cref="StorageException">
    /// The folder is there already, a name or link can't be written here, the file system refused, or an object is missing (<see cref="ErrorIds.ObjectMissing"/>). There is no
    /// such folder then, unless it can't even be removed.
    /// </exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>; there is no such folder then.</exception>
    public void Write(ObjectId tree, string folder, CancellationToken cancellationToken)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Disk.HasEntry(target)) throw new StorageException(ErrorIds.StorageFailed, target, $"cannot write {target}: it is there already");
        var plan = new List<PlannedEntry>();
        Plan(tree, target, "", plan, cancellationToken);
        var targets = LinkTargets(plan, target);
        try
        {
            store.Disk.CreateFolder(target);
            foreach (var planned in plan) Write(planned, Path.Combine(target, planned.Path), targets, cancellationToken);
            if (FlushesVolume) store.Disk.FlushVolume(target);
            else FlushFolders(plan, target);
        }
        catch
        {
            store.Disk.TryDeleteFolder(target);
            throw;
        }
    }

    private void Plan(ObjectId tree, string target, string folder, List<PlannedEntry> plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entries = store.ReadTree(tree);
        _rules.Check(Path.Combine(target, folder), entries.Select(entry => entry.Name));
        foreach (var entry in entries)
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            plan.Add(new PlannedEntry(path, entry));
            if (entry.Kind == TreeEntryKind.Folder) Plan(entry.Id, target, path, plan, cancellationToken);
        }
    }

    private Dictionary<string, string> LinkTargets(List<PlannedEntry> plan, string folder)
    {
        var links = plan.Where(planned => planned.Entry.Kind == TreeEntryKind.Link).ToList();
        var linkRules = new LinkRules(links.Select(planned => planned.Path));
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in links)
        {
            var target = Encoding.UTF8.GetString(store.ReadBlob(link.Entry.Id));
            linkRules.Check(link.Path, target, folder);
            targets.Add(link.Path, target);
        }

        return targets;
    }

    private void Write(PlannedEntry planned, string path, Dictionary<string, string> targets, CancellationToken cancellationToken)
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
                WriteFile(planned.Entry, path, cancellationToken);
                break;
        }
    }

    private void WriteFile(TreeEntry entry, string path, CancellationToken cancellationToken)
    {
        using var source = store.OpenBlob(entry.Id);
        using var file = store.Disk.CreatePlain(path, entry.Kind == TreeEntryKind.Executable);
        for (var piece = source.ReadPiece(); !piece.IsEmpty; piece = source.ReadPiece())
        {
            cancellationToken.ThrowIfCancellationRequested();
            store.Disk.Append(file, piece, path);
        }

        if (!FlushesVolume) store.Disk.Flush(file, path);
    }

    private void FlushFolders(List<PlannedEntry> plan, string target)
    {
        foreach (var planned in plan.Where(planned => planned.Entry.Kind == TreeEntryKind.Folder)) store.Disk.FlushFolder(Path.Combine(target, planned.Path));
        store.Disk.FlushFolder(target);
        store.Disk.FlushFolder(Path.GetDirectoryName(target)!);
    }
}

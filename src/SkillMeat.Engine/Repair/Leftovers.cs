using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Repair;

/// <summary>Finds temporary files that no journal refers to. New contents are removed. An old content may be the user's only copy, so it is kept and reported.</summary>
internal sealed class Leftovers(CollectionStore store)
{
    private static readonly EnumerationOptions _everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    public void Repair(RepairRun run, IReadOnlyList<string> collections)
    {
        var abandoned = run.IsDry ? store.Objects.Folder.CountTemporary() : store.Objects.Folder.RemoveAbandoned();
        if (abandoned > 0) run.AddRepaired("unfinished files of stored contents", store.Objects.Folder.Path, $"removed ({abandoned})");
        if (FindPending(run) is not { } known) return;
        foreach (var folder in collections.SelectMany(name => new[] { store.Layout.CollectionFolder(name), store.Layout.SnapshotsFolder(name) }).Where(Directory.Exists))
        {
            var found = StorageGuard.Run("read", folder, () => Directory.EnumerateFileSystemEntries(folder, ".skm-*", _everything).ToHashSet(StringComparer.Ordinal));
            foreach (var path in found.Where(path => !known.Contains(path) && !IsWithinOneOf(found, path)).Order(StringComparer.Ordinal)) RepairOne(run, path);
        }
    }

    /// <summary>Returns the files of changes that are not settled, or null if a damaged journal hides them: then no file can be called left over, and the interrupted change is a finding of its own.</summary>
    private HashSet<string>? FindPending(RepairRun run)
    {
        if (!run.IsDry) return [];
        try
        {
            return store.Storage.FindPendingFiles().ToHashSet(StringComparer.Ordinal);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            return null;
        }
    }

    private static bool IsWithinOneOf(HashSet<string> folders, string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (folders.Contains(parent)) return true;
        }

        return false;
    }

    private void RepairOne(RepairRun run, string path)
    {
        if (!path.EndsWith(".new", StringComparison.Ordinal) && !path.EndsWith(".gone", StringComparison.Ordinal) && !path.EndsWith(".tmp", StringComparison.Ordinal))
        {
            run.AddUnresolved("an old content of an interrupted change", path, "compare it with what is there now, then delete it");
            return;
        }

        if (!run.IsDry) store.Objects.Disk.DeleteTree(path, path);
        run.AddRepaired("a leftover of an interrupted change", path, "removed");
    }
}

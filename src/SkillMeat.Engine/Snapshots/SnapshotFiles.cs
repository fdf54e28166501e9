using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>The files of snapshots that are one file each, named by their id and an extension.</summary>
internal sealed class SnapshotFiles(string folder, string ending)
{
    public string PathOf(string id) => Path.Combine(folder, id + ending);

    /// <summary>Opens the file of a snapshot, which must be neither a link nor a pipe.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>: it is no file of ours.</exception>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public FileStream Open(string id) => Guard(CheckedPathOf(id), path => RegularFile.OpenRead(path, LinkUse.Refuse));

    /// <summary>Reads the file of a snapshot.</summary>
    /// <param name="id">The id.</param>
    /// <param name="mostBytes">The largest length that such a file can have.</param>
    /// <inheritdoc cref="Open"/>
    public byte[] Read(string id, long mostBytes) => Guard(CheckedPathOf(id), path => RegularFile.ReadAllBytes(path, mostBytes, LinkUse.Refuse));

    /// <summary>Returns the ids, newest first.</summary>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    public List<string> Ids() => StorageGuard.Run(
        "read",
        CheckedFolder(),
        () => Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + ending)
                .Select(f => Path.GetFileName(f)[..^ending.Length])
                .Where(SnapshotId.IsValid)
                .OrderDescending(StringComparer.Ordinal)
                .ToList()
            : []);

    /// <summary>Whether there is a snapshot with this id.</summary>
    /// <exception cref="StorageException">The folder is a link.</exception>
    public bool Contains(string id) => SnapshotId.IsValid(id) && File.Exists(CheckedPathOf(id));

    public void Remove(Transaction change, IEnumerable<string> ids)
    {
        foreach (var id in Ids().Intersect(ids))
        {
            change.Delete(PathOf(id), FileExpectation.Any);
        }
    }

    private string CheckedPathOf(string id)
    {
        CheckedFolder();
        return PathOf(id);
    }

    private string CheckedFolder()
    {
        OwnFolders.Check(Path.GetDirectoryName(folder)!);
        OwnFolders.Check(folder);
        return folder;
    }

    private static T Guard<T>(string path, Func<string, T> open)
    {
        try
        {
            return StorageGuard.Run("read", path, () => open(path));
        }
        catch (StorageException e) when (e.InnerException is RefusedFileException refused)
        {
            throw new DataFileException(ErrorIds.SnapshotCorrupt, path, 0, 0, refused.Reason, e);
        }
    }
}

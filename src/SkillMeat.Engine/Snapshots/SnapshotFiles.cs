using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>The files of snapshots that are one file each, named by their id and an extension.</summary>
/// <param name="folder">Returns the folder, which a rename of the collection can change.</param>
/// <param name="ending">The extension.</param>
internal sealed class SnapshotFiles(Func<string> folder, string ending)
{
    public string PathOf(string id) => Path.Combine(folder(), id + ending);

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
    public List<string> Ids()
    {
        var path = CheckedFolder();
        return StorageGuard.Run(
            "read",
            path,
            () => Directory.Exists(path)
                ? Directory.EnumerateFiles(path, "*" + ending)
                    .Select(f => Path.GetFileName(f)[..^ending.Length])
                    .Where(SnapshotId.IsValid)
                    .OrderDescending(StringComparer.Ordinal)
                    .ToList()
                : []);
    }

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
        var path = folder();
        OwnFolders.Check(Path.GetDirectoryName(path)!);
        OwnFolders.Check(path);
        return path;
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

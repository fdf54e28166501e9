using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>The files of snapshots that are one file each, named by their id and an extension.</summary>
internal sealed class SnapshotFiles(string folder, string ending)
{
    public string PathOf(string id) => Path.Combine(folder, id + ending);

    /// <summary>Returns the ids, newest first.</summary>
    /// <exception cref="Errors.StorageException">The folder cannot be read.</exception>
    public List<string> Ids() => StorageGuard.Run(
        "read",
        folder,
        () => Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + ending)
                .Select(f => Path.GetFileName(f)[..^ending.Length])
                .Where(SnapshotId.IsValid)
                .OrderDescending(StringComparer.Ordinal)
                .ToList()
            : []);

    /// <summary>Whether there is a snapshot with this id.</summary>
    public bool Contains(string id) => SnapshotId.IsValid(id) && File.Exists(PathOf(id));

    public void Remove(Transaction change, IEnumerable<string> ids)
    {
        foreach (var id in Ids().Intersect(ids))
        {
            change.Delete(PathOf(id), FileExpectation.Any);
        }
    }
}

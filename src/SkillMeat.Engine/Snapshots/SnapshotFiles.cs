using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>Snapshots that are a file each, called by their id and an ending.</summary>
internal sealed class SnapshotFiles(string folder, string ending)
{
    public string PathOf(string id) => Path.Combine(folder, id + ending);

    /// <summary>The ids, newest first.</summary>
    /// <exception cref="Errors.StorageException">The folder can't be read.</exception>
    public List<string> Ids() => StorageGuard.Run(
        "read",
        folder,
        () => Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + ending)
                .Select(f => Path.GetFileName(f)[..^ending.Length])
                .Where(SnapshotId.IsOne)
                .OrderDescending(StringComparer.Ordinal)
                .ToList()
            : []);

    /// <summary>Whether there is a snapshot with this id.</summary>
    public bool Contains(string id) => SnapshotId.IsOne(id) && File.Exists(PathOf(id));

    public void Remove(Transaction change, IEnumerable<string> ids)
    {
        foreach (var id in Ids().Intersect(ids))
        {
            change.Delete(PathOf(id), FileExpectation.Any);
        }
    }
}

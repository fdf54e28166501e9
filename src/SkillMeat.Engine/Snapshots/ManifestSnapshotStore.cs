using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>
/// The <see cref="ManifestSnapshot"/>s of a collection, one file each. They are never listed in <c>snapshots.toml</c>, because Python SkillMeat
/// deletes a collection before it checks whether it can restore a listed snapshot.
/// </summary>
internal sealed class ManifestSnapshotStore(CollectionStore store, string collection) : ISnapshotStore
{
    private readonly SnapshotFiles _files = new(() => store.SnapshotsFolderOf(collection), ".state.json.gz");

    public IReadOnlyList<string> Ids() => _files.Ids();

    public bool Contains(string id) => _files.Contains(id);

    public IReadOnlyList<string> AutomaticIds() => _files.Ids();

    /// <summary>Adds a snapshot to a transaction.</summary>
    public void Add(Transaction change, ManifestSnapshot snapshot)
    {
        change.CreateFolder(store.Layout.SnapshotsFolder(collection));
        change.WriteWayBack(_files.PathOf(snapshot.Id), ManifestSnapshotFormat.Write(snapshot));
    }

    public ManifestSnapshot Read(string id)
    {
        var path = _files.PathOf(id);
        var snapshot = ManifestSnapshotFormat.Read(_files.Read(id, ManifestSnapshotFormat.MostBytes), path);
        return snapshot.Id == id ? snapshot : throw new DataFileException(ErrorIds.SnapshotCorrupt, path, 0, 0, $"it is snapshot '{snapshot.Id}' under the name of another one");
    }

    public void Remove(Transaction change, IReadOnlyCollection<string> ids) => _files.Remove(change, ids);

    public SnapshotInfo ReadInfo(string id)
    {
        var path = _files.PathOf(id);
        var size = StorageGuard.Run("read", path, () => new FileInfo(path).Length);
        try
        {
            using var file = _files.Open(id);
            // The id is that of the file name, by which it can be restored, whatever the content says.
            return ManifestSnapshotFormat.ReadInfo(file, size, path) with { SnapshotId = id };
        }
        catch (DataFileException e)
        {
            return SnapshotInfo.Damaged(id, collection, size, e.Message);
        }
    }
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>
/// The <see cref="ManifestSnapshot"/>s of a collection: one file each, beside the original's tarballs and never listed in its <c>snapshots.toml</c>,
/// because the original deletes the collection before it looks whether it can restore what is listed there.
/// </summary>
internal sealed class ManifestSnapshotStore(CollectionStore store, string collection) : ISnapshotStore
{
    private readonly string _folder = store.Layout.SnapshotsFolder(collection);
    private readonly SnapshotFiles _files = new(store.Layout.SnapshotsFolder(collection), ".state.json.gz");

    public IReadOnlyList<string> Ids() => _files.Ids();

    public bool Contains(string id) => _files.Contains(id);

    public IReadOnlyList<string> AutomaticIds() => _files.Ids();

    /// <summary>Adds a snapshot to a change.</summary>
    public void Add(Transaction change, ManifestSnapshot snapshot)
    {
        change.CreateFolder(_folder);
        change.Write(_files.PathOf(snapshot.Id), ManifestSnapshotFormat.Write(snapshot), FileExpectation.Absent);
    }

    public ManifestSnapshot Read(string id)
    {
        var path = _files.PathOf(id);
        return ManifestSnapshotFormat.Read(StorageGuard.Run("read", path, () => File.ReadAllBytes(path)), path);
    }

    public void Remove(Transaction change, IReadOnlyCollection<string> ids) => _files.Remove(change, ids);

    public SnapshotInfo ReadInfo(string id)
    {
        var path = _files.PathOf(id);
        using var file = StorageGuard.Run("read", path, () => File.OpenRead(path));
        var size = file.Length;
        try
        {
            // Named as it can be restored, whatever the file says of itself.
            return ManifestSnapshotFormat.ReadInfo(file, size, path) with { Id = id };
        }
        catch (DataFileException e)
        {
            return SnapshotInfo.Damaged(id, collection, size, e.Message);
        }
    }
}

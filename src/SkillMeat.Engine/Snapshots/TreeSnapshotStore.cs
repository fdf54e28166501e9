using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>
/// The <see cref="TreeSnapshot"/>s of a collection, one small file each. Their extension marks automatic ones, so that old ones can be removed without reading any.
/// </summary>
internal sealed class TreeSnapshotStore(CollectionStore store, string collection) : ISnapshotStore
{
    private const string ManualEnding = ".snapshot.json";
    private const string AutomaticEnding = ".auto-snapshot.json";

    private readonly SnapshotFiles _manual = new(() => store.SnapshotsFolderOf(collection), ManualEnding);
    private readonly SnapshotFiles _automatic = new(() => store.SnapshotsFolderOf(collection), AutomaticEnding);

    public IReadOnlyList<string> Ids() => [.. _manual.Ids().Concat(_automatic.Ids()).OrderDescending(StringComparer.Ordinal)];

    public bool Contains(string id) => _manual.Contains(id) || _automatic.Contains(id);

    public IReadOnlyList<string> AutomaticIds() => _automatic.Ids();

    /// <summary>Adds a snapshot, whose objects are already stored, to a transaction.</summary>
    public void Add(Transaction change, TreeSnapshot snapshot)
    {
        change.CreateFolder(store.Layout.SnapshotsFolder(collection));
        if (snapshot.Kind == SnapshotKind.BeforeDelete) change.WriteWayBack(_manual.PathOf(snapshot.Id), TreeSnapshotFormat.Write(snapshot));
        else if (snapshot.Kind == SnapshotKind.Manual) change.Write(_manual.PathOf(snapshot.Id), TreeSnapshotFormat.Write(snapshot), FileExpectation.Absent);
        else change.WriteWayBack(_automatic.PathOf(snapshot.Id), TreeSnapshotFormat.Write(snapshot));
    }

    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>.</exception>
    public TreeSnapshot Read(string id)
    {
        var files = _manual.Contains(id) ? _manual : _automatic;
        var path = files.PathOf(id);
        var snapshot = TreeSnapshotFormat.Read(files.Read(id, TreeSnapshotFormat.Largest), path);
        // A restore and every message go by the name of the file.
        return snapshot.Id == id ? snapshot : throw new DataFileException(ErrorIds.SnapshotCorrupt, path, 0, 0, $"it is snapshot '{snapshot.Id}' under the name of another one");
    }

    public SnapshotInfo ReadInfo(string id)
    {
        var size = StorageGuard.Run("read", PathOf(id), () => new FileInfo(PathOf(id)).Length);
        try
        {
            var snapshot = Read(id);
            return new SnapshotInfo(id, snapshot.Kind, collection, snapshot.CreatedAt, snapshot.Message, snapshot.ArtifactCount, snapshot.AddedBytes + size) { ContentBytes = snapshot.ContentBytes };
        }
        catch (DataFileException e)
        {
            return SnapshotInfo.Damaged(id, collection, size, e.Message);
        }
    }

    public void Remove(Transaction change, IReadOnlyCollection<string> ids)
    {
        _manual.Remove(change, ids);
        _automatic.Remove(change, ids);
    }

    /// <summary>Returns the path of the file of a snapshot.</summary>
    public string PathOf(string id) => File.Exists(_manual.PathOf(id)) ? _manual.PathOf(id) : _automatic.PathOf(id);
}

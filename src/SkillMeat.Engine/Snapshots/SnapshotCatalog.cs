using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>All snapshots of a collection: whole ones, those of manifest and lock file, and the original's tarballs. Reads the disk at every call.</summary>
internal sealed class SnapshotCatalog(CollectionStore store, string collection)
{
    public TreeSnapshotStore Trees { get; } = new(store, collection);

    public ManifestSnapshotStore States { get; } = new(store, collection);

    public TarballStore Tarballs { get; } = new(store, collection);

    // Where several have one id, the first of these counts: the others are the same in another form.
    private IEnumerable<ISnapshotStore> Shelves => [Trees, States, Tarballs];

    /// <summary>The ids, newest first.</summary>
    public IReadOnlyList<string> Ids() => [.. Shelves.SelectMany(shelf => shelf.Ids()).Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal)];

    /// <summary>An id that no snapshot has yet; to be called under the collection's lock.</summary>
    public string NewId(DateTimeOffset now)
    {
        var taken = Ids().ToHashSet(StringComparer.Ordinal);
        for (var time = now.UtcDateTime; ; time = time.AddTicks(TimeSpan.TicksPerMicrosecond))
        {
            var id = SnapshotId.Of(time);
            if (!taken.Contains(id))
            {
                return id;
            }
        }
    }

    public SnapshotPage List(int skip, int take, Predicate<string> fits)
    {
        var ids = Ids().Where(id => fits(id)).ToList();
        var shown = ids.Skip(skip).Take(take).ToList();
        // The list of tarballs is read once, not once for each of them.
        var tarballs = Tarballs.ReadInfos(shown.Where(id => !Trees.Contains(id) && !States.Contains(id)));
        return new SnapshotPage(shown.ConvertAll(id => tarballs.GetValueOrDefault(id) ?? ShelfOf(id).ReadInfo(id)), ids.Count, Math.Min(skip, ids.Count));
    }

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public SnapshotInfo Find(string id) => ShelfOf(id).ReadInfo(id);

    /// <summary>How the snapshot lies on the disk: one of the properties.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public ISnapshotStore ShelfOf(string id) => Shelves.FirstOrDefault(shelf => shelf.Contains(id)) ?? throw NotFound(id);

    /// <summary>Adds the removal of snapshots to a change, in every form that they have.</summary>
    public void Remove(Transaction change, IReadOnlyCollection<string> ids)
    {
        foreach (var shelf in Shelves)
        {
            shelf.Remove(change, ids);
        }
    }

    /// <summary>Adds to a change the removal of our own automatic snapshots beyond the newest, of which one more is about to come. The original's are its own affair.</summary>
    public void MakeRoom(Transaction change, int keep)
    {
        var old = Trees.AutomaticIds().Concat(States.AutomaticIds()).OrderDescending(StringComparer.Ordinal).Skip(Math.Max(keep, 1) - 1).ToList();
        if (old.Count > 0)
        {
            Trees.Remove(change, old);
            States.Remove(change, old);
        }
    }

    private SkillMeatException NotFound(string id) => new(
        ErrorIds.SnapshotNotFound,
        $"Collection '{collection}' has no snapshot '{id}'. {(Ids() is [var newest, ..] ? $"The newest is {newest}." : "It has none yet.")}");
}

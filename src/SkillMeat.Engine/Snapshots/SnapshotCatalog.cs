using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>All snapshots of a collection, in all formats: trees, manifest and lock file, and tarballs of Python SkillMeat. Reads the disk at every call.</summary>
internal sealed class SnapshotCatalog(CollectionStore store, string collection)
{
    public TreeSnapshotStore Trees { get; } = new(store, collection);

    public ManifestSnapshotStore Manifests { get; } = new(store, collection);

    public TarballStore Tarballs { get; } = new(store, collection);

    // If several formats have the same id, the first of these counts: the others are exports of it.
    private IEnumerable<ISnapshotStore> Stores => [Trees, Manifests, Tarballs];

    /// <summary>Returns the ids, newest first.</summary>
    public IReadOnlyList<string> Ids() => [.. Stores.SelectMany(snapshots => snapshots.Ids()).Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Returns an unused id. The lock of the collection must be held.</summary>
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
        // The list of tarballs is read once for all, not once for each.
        var tarballs = Tarballs.ReadInfos(shown.Where(id => !Trees.Contains(id) && !Manifests.Contains(id)));
        return new SnapshotPage(shown.ConvertAll(id => tarballs.GetValueOrDefault(id) ?? StoreOf(id).ReadInfo(id)), ids.Count, Math.Min(skip, ids.Count));
    }

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public SnapshotInfo Find(string id) => StoreOf(id).ReadInfo(id);

    /// <summary>Returns the store that contains a snapshot.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public ISnapshotStore StoreOf(string id) => Stores.FirstOrDefault(snapshots => snapshots.Contains(id)) ?? throw NotFound(id);

    /// <summary>Adds the removal of snapshots to a transaction, in every format.</summary>
    public void Remove(Transaction change, IReadOnlyCollection<string> ids)
    {
        foreach (var snapshots in Stores)
        {
            snapshots.Remove(change, ids);
        }
    }

    /// <summary>Adds the removal of the oldest automatic snapshots to a transaction, so that with one more there are not more than allowed. Python SkillMeat manages its own snapshots.</summary>
    public void MakeRoom(Transaction change, int keep)
    {
        var old = Trees.AutomaticIds().Concat(Manifests.AutomaticIds()).OrderDescending(StringComparer.Ordinal).Skip(Math.Max(keep, 1) - 1).ToList();
        if (old.Count > 0)
        {
            Trees.Remove(change, old);
            Manifests.Remove(change, old);
        }
    }

    private SkillMeatException NotFound(string id)
    {
        var ids = Ids();
        return new SkillMeatException(ErrorIds.SnapshotNotFound, $"Collection '{collection}' has no snapshot '{id}'. {(ids is [var newest, ..] ? $"The newest is {newest}." : "It has no snapshots yet.")}")
        {
            Nearest = NearestName.Find(id, ids),
        };
    }
}

using SkillMeat.Storage;

namespace SkillMeat.Collections;

/// <summary>Lists the names of all collections that a home knows: the existing ones, and those of which only snapshots are left.</summary>
internal sealed class KnownCollections(CollectionStore store)
{
    /// <exception cref="Errors.StorageException">A folder cannot be read.</exception>
    public IReadOnlyList<string> Names() => store.Storage.ReadAsOne(() =>
    {
        var snapshots = Path.Combine(store.Home, "snapshots");
        var withSnapshots = StorageGuard.Run("read", snapshots, () => Directory.Exists(snapshots)
            ? Directory.EnumerateDirectories(snapshots).Select(folder => Path.GetFileName(folder)!).Where(name => ArtifactId.DescribeBadName(name) is null && store.Storage.Locate(store.Layout.SnapshotsFolder(name)) is not null).ToList()
            : []);
        return store.ListNames().Union(withSnapshots.Order(StringComparer.Ordinal), StringComparer.Ordinal).ToList();
    });
}

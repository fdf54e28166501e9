using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;

namespace SkillMeat.Snapshots;

/// <summary>Takes away the stored contents that no snapshot and no baseline needs any more.</summary>
internal sealed class ObjectCleanup(CollectionStore store)
{
    /// <summary>From this many packs on it is worthwhile to look, even if little can go: many small packs are made one.</summary>
    private const int ManyPacks = 64;

    /// <summary>Cleans up, if nobody is at work in the home; whoever comes next tries again. A snapshot that can't be read keeps everything where it is.</summary>
    /// <returns>What was done; null for nothing, and why.</returns>
    public async Task<(CollectReport? Report, string? Reason)> TryCollectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await CollectAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SkillMeatException e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException)
        {
            // What came before it is done, and must not be reported as stopped.
            return (null, "it was stopped");
        }
    }

    /// <summary>The same, where so much has piled up that it pays; to be called when an operation is done and has let go of its locks.</summary>
    public async Task CollectIfDueAsync(CancellationToken cancellationToken)
    {
        if (store.Objects.Folder.List().Count > ManyPacks) await TryCollectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cleans up.</summary>
    /// <exception cref="LockTimeoutException">Somebody is at work in the home.</exception>
    /// <exception cref="SkillMeatException">What is needed can't be known, or the file system refused; nothing that is needed is lost.</exception>
    public async Task<CollectReport> CollectAsync(TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        var collections = new KnownCollections(store).Names();
        using var held = await store.Storage.LockAsync(
            [CollectionStore.HomeLockName, .. collections.Select(CollectionStore.LockNameOf)], lockTimeout, cancellationToken).ConfigureAwait(false);
        // Nobody makes a collection while the home is locked; one that was made in between is not locked.
        if (new KnownCollections(store).Names().Except(collections, StringComparer.Ordinal).Any())
        {
            throw new StorageException(ErrorIds.ConcurrentChange, store.Layout.CollectionsFolder, "a collection was made meanwhile; try again");
        }

        return new ObjectCollector(store.Objects).Collect(Roots(collections), collections.SelectMany(name => new MergeBaseStore(store, name).Read().Objects), cancellationToken);
    }

    /// <summary>Everything that must stay.</summary>
    /// <exception cref="DataFileException">A snapshot can't be read, so what it needs is not known.</exception>
    private List<ObjectId> Roots(IReadOnlyList<string> collections) =>
        [.. collections.SelectMany(name => new TreeSnapshotStore(store, name) is var trees ? trees.Ids().Select(id => trees.Read(id).Tree) : [])];
}

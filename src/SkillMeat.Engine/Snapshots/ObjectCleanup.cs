using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;

namespace SkillMeat.Snapshots;

/// <summary>Removes the stored objects that no snapshot and no merge base needs any more.</summary>
internal sealed class ObjectCleanup(CollectionStore store)
{
    /// <summary>The number of packs that makes a cleanup worthwhile even if little can be removed, because it merges small packs.</summary>
    private const int ManyPacks = 64;

    /// <summary>Cleans up, unless another process is working in the home; the next cleanup tries again. If a snapshot cannot be read, nothing is removed.</summary>
    /// <returns>The report, or null and the reason why nothing was done.</returns>
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
            // The operation before it has completed, and must not be reported as cancelled.
            return (null, "it was stopped");
        }
    }

    /// <summary>Cleans up if it is worthwhile. To be called after an operation has released its locks.</summary>
    public async Task CollectIfDueAsync(CancellationToken cancellationToken)
    {
        if (store.Objects.Folder.List().Count > ManyPacks) await TryCollectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cleans up.</summary>
    /// <exception cref="LockTimeoutException">Another process is working in the home.</exception>
    /// <exception cref="SkillMeatException">The needed objects could not be determined, or a file operation failed. No needed object is lost.</exception>
    public async Task<CollectReport> CollectAsync(TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        var collections = new KnownCollections(store).Names();
        using var held = await store.Storage.LockAsync(
            [CollectionStore.HomeLockName, .. collections.Select(CollectionStore.LockNameOf)], lockTimeout, cancellationToken).ConfigureAwait(false);
        // No collection is created while the home is locked, but one created before that is not locked.
        if (new KnownCollections(store).Names().Except(collections, StringComparer.Ordinal).Any())
        {
            throw new StorageException(ErrorIds.ConcurrentChange, store.Layout.CollectionsFolder, "another process created a collection meanwhile; try again");
        }

        return new ObjectCollector(store.Objects).Collect([.. Roots(collections), .. KeptContents()], collections.SelectMany(name => new MergeBaseStore(store, name).Read().Objects), cancellationToken);
    }

    // The content that a forced deployment replaced in a project is the user's, and nowhere else.
    private IEnumerable<ObjectId> KeptContents() => KeptContentList.FindFiles(store.Home)
        .SelectMany(path => KeptContentList.Parse(store.Storage.ReadConsistent([path])[0], path, project: "").All.Select(one => one.Object));

    /// <summary>Returns the trees of all snapshots.</summary>
    /// <exception cref="DataFileException">A snapshot cannot be read, so the objects that it needs are unknown.</exception>
    private List<ObjectId> Roots(IReadOnlyList<string> collections) =>
        [.. collections.SelectMany(name => new TreeSnapshotStore(store, name) is var trees ? trees.Ids().Select(id => trees.Read(id).Tree) : [])];
}

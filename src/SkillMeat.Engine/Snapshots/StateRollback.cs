using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Snapshots;

/// <summary>Lists the snapshots that refreshes made, removes them, and puts a collection's manifest and lock file back to one of them.</summary>
/// <remarks>Safe from several threads and processes: who changes anything holds the collection's lock.</remarks>
public sealed class StateRollback
{
    private readonly CollectionStore _store;

    /// <summary>Works on the collections of a home.</summary>
    /// <param name="store">The home.</param>
    public StateRollback(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Lists snapshots, newest first.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="skip">How many of the newest to skip.</param>
    /// <param name="take">How many to list at most.</param>
    /// <param name="fits">Which ids are listed and counted; null for all.</param>
    /// <returns>A page of them.</returns>
    /// <remarks>A damaged one is listed with its problem. The collection's own files are not read: they may be why somebody looks for a snapshot.</remarks>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: neither a collection of that name nor a snapshot of one is there.</exception>
    public SnapshotPage List(string? collection, int skip = 0, int take = 50, Predicate<string>? fits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        var name = collection ?? _store.ActiveCollection;
        _store.CheckKnown(name);
        return SnapshotsOf(name).List(skip, take, fits ?? (_ => true));
    }

    /// <summary>Finds one snapshot.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <returns>What a list shows of it; a damaged one has a problem.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public SnapshotInfo Find(string? collection, string snapshotId)
    {
        var name = collection ?? _store.ActiveCollection;
        _store.CheckKnown(name);
        return SnapshotsOf(name).Find(snapshotId);
    }

    /// <summary>Removes snapshots, all of them in one transaction. There is no way back.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="snapshotIds">The snapshots; one that is not there (any more) is as good as removed.</param>
    /// <param name="lockTimeout">How long to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Stops the wait; a change that has begun is finished or taken back.</param>
    /// <returns>A task that ends when they are gone.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection; nothing was removed.</exception>
    /// <exception cref="StorageException">The files could not be removed.</exception>
    public async Task RemoveAsync(string? collection, IReadOnlyCollection<string> snapshotIds, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = collection ?? _store.ActiveCollection;
        _store.CheckKnown(name);
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], lockTimeout, cancellationToken).ConfigureAwait(false);
        var change = _store.Storage.Begin(held);
        SnapshotsOf(name).Remove(change, snapshotIds);
        change.Commit(cancellationToken);
    }

    /// <summary>
    /// Puts manifest and lock file back to what a snapshot holds, after a snapshot of what is there now, in one transaction; then reads them back and compares.
    /// </summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="lockTimeout">How long to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Stops the wait; a change that has begun is finished or taken back.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>: the snapshot is damaged; nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written.</exception>
    public async Task<RollbackResult> RestoreAsync(string? collection, string snapshotId, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = collection ?? _store.ActiveCollection;
        _store.CheckKnown(name);
        var snapshot = SnapshotsOf(name).Read(snapshotId);
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], lockTimeout, cancellationToken).ConfigureAwait(false);
        var current = ReadForSafety(name);
        var warnings = TextValues.Of(Compare(name, current, snapshot));
        if (AreEqual(current.ManifestBytes, snapshot.Manifest) && AreEqual(current.LockBytes, snapshot.LockFile))
        {
            return new RollbackResult(name, snapshotId, SafetySnapshotId: null, snapshot.ArtifactCount, warnings) { IsUnchanged = true };
        }

        var safetyId = Swap(held, name, current, snapshot, cancellationToken);
        Verify(name, snapshot);
        return new RollbackResult(name, snapshotId, safetyId, snapshot.ArtifactCount, warnings);
    }

    private static bool AreEqual(byte[]? one, byte[]? other) =>
        one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private string? Swap(HomeLock held, string name, CurrentState current, StateSnapshot snapshot, CancellationToken cancellationToken)
    {
        var now = _store.Time.GetUtcNow();
        var snapshots = SnapshotsOf(name);
        var safety = current.ManifestBytes is { } manifest
            ? new StateSnapshot(
                snapshots.NewId(now), StateSnapshot.BeforeRollback, $"Before rollback to {snapshot.Id}", name, now, current.Ids.Count, manifest, current.LockBytes)
            : null;

        var change = _store.Storage.Begin(held);
        // The snapshot that is being restored may be the oldest one; it is not the time to let it go.
        if (safety is not null)
        {
            snapshots.Add(change, safety, keep: int.MaxValue);
        }

        change.CreateFolder(_store.Layout.CollectionFolder(name));
        change.Write(_store.Layout.Manifest(name), snapshot.Manifest, FileExpectation.Of(current.ManifestBytes));
        if (snapshot.LockFile is { } lockFile)
        {
            change.Write(_store.Layout.LockFile(name), lockFile, FileExpectation.Of(current.LockBytes));
        }
        else if (current.LockBytes is not null)
        {
            change.Delete(_store.Layout.LockFile(name), FileExpectation.Of(current.LockBytes));
        }

        change.Commit(cancellationToken);
        return safety?.Id;
    }

    private void Verify(string name, StateSnapshot snapshot)
    {
        var files = _store.Storage.ReadConsistent([_store.Layout.Manifest(name), _store.Layout.LockFile(name)]);
        if (!AreEqual(files[0], snapshot.Manifest) || !AreEqual(files[1], snapshot.LockFile))
        {
            throw new StorageException(ErrorIds.ConcurrentChange, _store.Layout.Manifest(name), $"{_store.Layout.Manifest(name)}: another program changed the collection right after the rollback; roll back again.");
        }
    }

    /// <summary>The files as they are. A manifest that can't be read any more, or is gone, is a reason to roll back, not an obstacle.</summary>
    private CurrentState ReadForSafety(string name)
    {
        var files = _store.Storage.ReadConsistent([_store.Layout.Manifest(name), _store.Layout.LockFile(name)]);
        return new CurrentState(files[0], files[1], TryParse(files[0], name)?.Ids ?? []);
    }

    /// <summary>What the rollback can't bring back. A snapshot made by a rollback may hold files that could not be read; who goes back to it wants just those.</summary>
    private List<string> Compare(string name, CurrentState current, StateSnapshot snapshot)
    {
        try
        {
            var restored = Manifest.Parse(snapshot.Manifest, _store.Layout.Manifest(name));
            return Compare(name, current, snapshot, restored, restored.ReadArtifacts(name, LockFile.Parse(snapshot.LockFile, _store.Layout.LockFile(name))));
        }
        catch (DataFileException e)
        {
            return [$"The collection could not be read when snapshot {snapshot.Id} was made, and can't be now: {e.Message}"];
        }
    }

    private List<string> Compare(string name, CurrentState current, StateSnapshot snapshot, Manifest restored, IReadOnlyList<Artifact> artifacts)
    {
        var warnings = new List<string>();
        var added = current.Ids.Where(id => !restored.Contains(id)).ToList();
        if (added.Count > 0)
        {
            warnings.Add($"Not listed any more, though their files stay: {string.Join(", ", added)}. Snapshot {snapshot.Id} is from before they were added.");
        }

        var lost = artifacts.Where(a => !Path.Exists(Path.Combine(_store.Layout.CollectionFolder(name), a.Path))).ToList();
        if (lost.Count > 0)
        {
            warnings.Add($"Listed again, but without files: {string.Join(", ", lost.Select(a => a.Id))}.");
        }

        return warnings;
    }

    private Manifest? TryParse(byte[]? manifest, string name)
    {
        try
        {
            return manifest is null ? null : Manifest.Parse(manifest, _store.Layout.Manifest(name));
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    private StateSnapshotStore SnapshotsOf(string name) => new(_store, name);

    private sealed record CurrentState(byte[]? ManifestBytes, byte[]? LockBytes, IReadOnlyList<ArtifactId> Ids);
}

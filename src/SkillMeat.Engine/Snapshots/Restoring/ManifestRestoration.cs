using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>Restores the manifest and lock file of a collection from a snapshot in one transaction, after taking a snapshot of the current ones. Reads them back and compares.</summary>
internal sealed class ManifestRestoration(CollectionStore store, string name)
{
    /// <summary>Restores a snapshot. The lock of the collection must be held.</summary>
    public RestoreResult Restore(HomeLock held, ManifestSnapshot snapshot, CancellationToken cancellationToken)
    {
        snapshot = snapshot with { Manifest = new RestoredTitle(store, name).Correct(snapshot.Manifest) };
        var target = new WayBack(name, snapshot.Id, IsBefore: false);
        CurrentState current;
        TextValues warnings;
        string? safetyId;
        try
        {
            current = ReadForSafety();
            warnings = TextValues.Of(Compare(current, snapshot));
            if (AreEqual(current.ManifestBytes, snapshot.Manifest) && AreEqual(current.LockBytes, snapshot.LockFile))
            {
                return new RestoreResult(name, snapshot.Id, SafetySnapshotId: null, snapshot.ArtifactCount, warnings) { IsUnchanged = true };
            }

            safetyId = Swap(held, current, snapshot, target, cancellationToken);
        }
        catch (StorageException e) when (e.WaysBack.Count == 0 && e.ErrorId is ErrorIds.StorageFailed or ErrorIds.ConcurrentChange)
        {
            throw SnapshotErrors.NotRestored(e, target);
        }

        try
        {
            Verify(snapshot);
        }
        catch (StorageException e) when (e.ErrorId is ErrorIds.StorageFailed or ErrorIds.ConcurrentChange)
        {
            throw SnapshotErrors.RestoreNotVerified(e, target, BeforeIn(safetyId));
        }

        return Describe(current, snapshot, safetyId, warnings);
    }

    /// <summary>Plans a restore. Changes nothing.</summary>
    public RestoreResult PlanRestore(ManifestSnapshot snapshot)
    {
        var current = ReadForSafety();
        var planned = Describe(current, snapshot, safetyId: null, TextValues.Of(Compare(current, snapshot)));
        return planned with { IsUnchanged = planned.ChangedPaths.Count == 0 };
    }

    private RestoreResult Describe(CurrentState current, ManifestSnapshot snapshot, string? safetyId, TextValues warnings)
    {
        List<string> changed =
        [
            .. AreEqual(current.LockBytes, snapshot.LockFile) ? [] : new[] { HomeLayout.LockFileName },
            .. AreEqual(current.ManifestBytes, snapshot.Manifest) ? [] : new[] { HomeLayout.ManifestName },
        ];
        return new RestoreResult(name, snapshot.Id, safetyId, snapshot.ArtifactCount, warnings)
        {
            ChangedPaths = TextValues.Of(changed),
            ChangedArtifacts = new ArtifactComparison(Read(current.ManifestBytes, current.LockBytes), Read(snapshot.Manifest, snapshot.LockFile)).Find([]),
        };
    }

    private (Manifest Manifest, LockFile LockFile)? Read(byte[]? manifest, byte[]? lockFile) => ArtifactComparison.TryRead(manifest, lockFile, store.Layout.Manifest(name));

    private static bool AreEqual(byte[]? one, byte[]? other) =>
        one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private string? Swap(HomeLock held, CurrentState current, ManifestSnapshot snapshot, WayBack target, CancellationToken cancellationToken)
    {
        var change = store.Storage.Begin(held);
        // The retention limit is not applied here: it might remove the snapshot that is being restored.
        var safetyId = current.ManifestBytes is { } manifest
            ? new SnapshotTaker(store, name).Add(change, SnapshotKind.BeforeRollback, $"Before rollback to {snapshot.Id}", current.Ids.Count, manifest, current.LockBytes)
            : null;
        change.CreateFolder(store.Layout.CollectionFolder(name));
        change.Write(store.Layout.Manifest(name), snapshot.Manifest, FileExpectation.Of(current.ManifestBytes));
        if (snapshot.LockFile is { } lockFile)
        {
            change.Write(store.Layout.LockFile(name), lockFile, FileExpectation.Of(current.LockBytes));
        }
        else if (current.LockBytes is not null)
        {
            change.Delete(store.Layout.LockFile(name), FileExpectation.Of(current.LockBytes));
        }

        try
        {
            change.Commit(cancellationToken);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            throw SnapshotErrors.RestoreNotRolledBack(e, target, BeforeIn(safetyId));
        }

        return safetyId;
    }

    private WayBack? BeforeIn(string? safetyId) => safetyId is null ? null : new WayBack(name, safetyId, IsBefore: true);

    private void Verify(ManifestSnapshot snapshot)
    {
        var files = store.Storage.ReadConsistent([store.Layout.Manifest(name), store.Layout.LockFile(name)]);
        if (!AreEqual(files[0], snapshot.Manifest) || !AreEqual(files[1], snapshot.LockFile))
        {
            throw new StorageException(ErrorIds.ConcurrentChange, store.Layout.Manifest(name), $"{store.Layout.Manifest(name)}: another program changed the collection right after the restore; restore snapshot {snapshot.Id} again.");
        }
    }

    /// <summary>Reads the current files. A missing or unreadable manifest is a reason to restore, so it must not prevent it.</summary>
    private CurrentState ReadForSafety()
    {
        var files = store.Storage.ReadConsistent([store.Layout.Manifest(name), store.Layout.LockFile(name)]);
        return new CurrentState(files[0], files[1], TryParse(files[0])?.Ids ?? []);
    }

    /// <summary>Lists what the restore cannot bring back. A snapshot taken before a restore may contain unreadable files on purpose.</summary>
    private List<string> Compare(CurrentState current, ManifestSnapshot snapshot)
    {
        try
        {
            var restored = Manifest.Parse(snapshot.Manifest, store.Layout.Manifest(name));
            return Compare(current, snapshot, restored, restored.ReadArtifacts(name, LockFile.Parse(snapshot.LockFile, store.Layout.LockFile(name))));
        }
        catch (DataFileException e)
        {
            return [$"The collection was unreadable when snapshot {snapshot.Id} was taken, and is so again: {e.Message}"];
        }
    }

    private List<string> Compare(CurrentState current, ManifestSnapshot snapshot, Manifest restored, IReadOnlyList<Artifact> artifacts)
    {
        var warnings = new List<string>();
        var added = current.Ids.Where(id => !restored.Contains(id)).ToList();
        if (added.Count > 0)
        {
            warnings.Add($"No longer listed, although their files are kept: {string.Join(", ", added)}. They were added after snapshot {snapshot.Id}.");
        }

        var lost = artifacts.Where(a => !Path.Exists(Path.Combine(store.Layout.CollectionFolder(name), a.Path))).ToList();
        if (lost.Count > 0)
        {
            warnings.Add($"Listed again, but without files: {string.Join(", ", lost.Select(a => a.Id))}.");
        }

        return warnings;
    }

    private Manifest? TryParse(byte[]? manifest)
    {
        try
        {
            return manifest is null ? null : Manifest.Parse(manifest, store.Layout.Manifest(name));
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    private sealed record CurrentState(byte[]? ManifestBytes, byte[]? LockBytes, IReadOnlyList<ArtifactId> Ids);
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>Puts a collection's manifest and lock file back to a snapshot of just these, after a snapshot of what is there now, in one transaction; then reads them back and compares.</summary>
internal sealed class ManifestRestoration(CollectionStore store, string name)
{
    /// <summary>Does it under the collection's lock.</summary>
    public RestoreResult Restore(HomeLock held, ManifestSnapshot snapshot, CancellationToken cancellationToken)
    {
        var current = ReadForSafety();
        var warnings = TextValues.Of(Compare(current, snapshot));
        if (AreEqual(current.ManifestBytes, snapshot.Manifest) && AreEqual(current.LockBytes, snapshot.LockFile))
        {
            return new RestoreResult(name, snapshot.Id, SafetySnapshotId: null, snapshot.ArtifactCount, warnings) { IsUnchanged = true };
        }

        var safetyId = Swap(held, current, snapshot, cancellationToken);
        Verify(snapshot);
        return new RestoreResult(name, snapshot.Id, safetyId, snapshot.ArtifactCount, warnings);
    }

    private static bool AreEqual(byte[]? one, byte[]? other) =>
        one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private string? Swap(HomeLock held, CurrentState current, ManifestSnapshot snapshot, CancellationToken cancellationToken)
    {
        var now = store.Time.GetUtcNow();
        var catalog = new SnapshotCatalog(store, name);
        var safety = current.ManifestBytes is { } manifest
            ? new ManifestSnapshot(
                catalog.NewId(now), SnapshotKind.BeforeRollback, $"Before rollback to {snapshot.Id}", name, now, current.Ids.Count, manifest, current.LockBytes)
            : null;

        var change = store.Storage.Begin(held);
        // The snapshot that is being restored may be the oldest one; it is not the time to let it go.
        if (safety is not null)
        {
            catalog.States.Add(change, safety);
        }

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

        change.Commit(cancellationToken);
        return safety?.Id;
    }

    private void Verify(ManifestSnapshot snapshot)
    {
        var files = store.Storage.ReadConsistent([store.Layout.Manifest(name), store.Layout.LockFile(name)]);
        if (!AreEqual(files[0], snapshot.Manifest) || !AreEqual(files[1], snapshot.LockFile))
        {
            throw new StorageException(ErrorIds.ConcurrentChange, store.Layout.Manifest(name), $"{store.Layout.Manifest(name)}: another program changed the collection right after the rollback; roll back again.");
        }
    }

    /// <summary>The files as they are. A manifest that can't be read any more, or is gone, is a reason to roll back, not an obstacle.</summary>
    private CurrentState ReadForSafety()
    {
        var files = store.Storage.ReadConsistent([store.Layout.Manifest(name), store.Layout.LockFile(name)]);
        return new CurrentState(files[0], files[1], TryParse(files[0])?.Ids ?? []);
    }

    /// <summary>What the rollback can't bring back. A snapshot made by a rollback may hold files that could not be read; who goes back to it wants just those.</summary>
    private List<string> Compare(CurrentState current, ManifestSnapshot snapshot)
    {
        try
        {
            var restored = Manifest.Parse(snapshot.Manifest, store.Layout.Manifest(name));
            return Compare(current, snapshot, restored, restored.ReadArtifacts(name, LockFile.Parse(snapshot.LockFile, store.Layout.LockFile(name))));
        }
        catch (DataFileException e)
        {
            return [$"The collection could not be read when snapshot {snapshot.Id} was made, and can't be now: {e.Message}"];
        }
    }

    private List<string> Compare(CurrentState current, ManifestSnapshot snapshot, Manifest restored, IReadOnlyList<Artifact> artifacts)
    {
        var warnings = new List<string>();
        var added = current.Ids.Where(id => !restored.Contains(id)).ToList();
        if (added.Count > 0)
        {
            warnings.Add($"Not listed any more, though their files stay: {string.Join(", ", added)}. Snapshot {snapshot.Id} is from before they were added.");
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

namespace SkillMeat.Snapshots;

/// <summary>A snapshot of the manifest and lock file of a collection, byte for byte.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">The kind, one of <see cref="SnapshotKind"/>.</param>
/// <param name="Message">The message.</param>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="CreatedAt">The time, in UTC.</param>
/// <param name="ArtifactCount">The number of artifacts in the manifest.</param>
/// <param name="Manifest">The bytes of <c>collection.toml</c>.</param>
/// <param name="LockFile">The bytes of <c>collection.lock</c>, or null if there was none.</param>
internal sealed record ManifestSnapshot(
    string Id,
    string Kind,
    string Message,
    string Collection,
    DateTimeOffset CreatedAt,
    int ArtifactCount,
    byte[] Manifest,
    byte[]? LockFile);

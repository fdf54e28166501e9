using SkillMeat.Objects;

namespace SkillMeat.Snapshots;

/// <summary>A snapshot of a whole collection: its folder as a tree of stored objects, including manifest and lock file.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">The kind, one of <see cref="SnapshotKind"/>.</param>
/// <param name="Message">The message.</param>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="CreatedAt">The time, in UTC.</param>
/// <param name="ArtifactCount">The number of artifacts in the manifest, or 0 if it could not be read.</param>
/// <param name="AddedBytes">The disk space of the objects that were newly stored for it, in bytes.</param>
/// <param name="ContentBytes">The total length of the files, or null if an older version did not record it.</param>
/// <param name="Tree">The tree of the collection's folder.</param>
internal sealed record TreeSnapshot(string Id, string Kind, string Message, string Collection, DateTimeOffset CreatedAt, int ArtifactCount, long AddedBytes, long? ContentBytes, ObjectId Tree);

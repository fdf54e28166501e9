using SkillMeat.Objects;

namespace SkillMeat.Snapshots;

/// <summary>A whole collection as it was: its folder as a tree of stored objects, manifest and lock file among them.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">Why it was made, one of <see cref="SnapshotKind"/>.</param>
/// <param name="Message">What was about to happen, or what its maker says.</param>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="CreatedAt">When, in UTC.</param>
/// <param name="ArtifactCount">How many artifacts the manifest listed; 0 for one that can't be read.</param>
/// <param name="AddedBytes">How much the objects take on disk that were stored for it.</param>
/// <param name="ContentBytes">How long the files are together; null for a snapshot of a version that did not record it.</param>
/// <param name="Tree">The collection's folder.</param>
internal sealed record TreeSnapshot(string Id, string Kind, string Message, string Collection, DateTimeOffset CreatedAt, int ArtifactCount, long AddedBytes, long? ContentBytes, ObjectId Tree);

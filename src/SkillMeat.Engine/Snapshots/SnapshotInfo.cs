namespace SkillMeat.Snapshots;

/// <summary>A snapshot in a list.</summary>
/// <param name="Id">Its id: the UTC time it was made, as <c>yyyyMMdd-HHmmss-ffffff</c>.</param>
/// <param name="Kind">Why it was made: <c>pre-refresh</c> or <c>pre-rollback</c>.</param>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="CreatedAt">When it was made, in UTC.</param>
/// <param name="Message">What was about to happen.</param>
/// <param name="ArtifactCount">How many artifacts the manifest listed.</param>
/// <param name="SizeBytes">The size of its file in bytes.</param>
/// <param name="Problem">Why it can't be read, with its file; null when it can. Kind and message are empty then, and the count is 0.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotInfo(
    string Id,
    string Kind,
    string Collection,
    DateTimeOffset CreatedAt,
    string Message,
    int ArtifactCount,
    long SizeBytes,
    string? Problem = null);

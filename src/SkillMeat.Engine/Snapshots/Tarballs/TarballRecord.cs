namespace SkillMeat.Snapshots.Tarballs;

/// <summary>An entry of <c>snapshots.toml</c>.</summary>
/// <param name="Id">The id.</param>
/// <param name="CreatedAt">The time, in UTC.</param>
/// <param name="Message">The message.</param>
/// <param name="ArtifactCount">The number of artifacts.</param>
/// <param name="Path">The path of the tarball: that of the entry, else beside <c>snapshots.toml</c>.</param>
internal sealed record TarballRecord(string Id, DateTimeOffset CreatedAt, string Message, int ArtifactCount, string Path);

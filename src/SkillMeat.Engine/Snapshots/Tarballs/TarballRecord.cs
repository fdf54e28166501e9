namespace SkillMeat.Snapshots.Tarballs;

/// <summary>An entry of <c>snapshots.toml</c>.</summary>
/// <param name="Id">The id.</param>
/// <param name="CreatedAt">When, in UTC.</param>
/// <param name="Message">What its maker says.</param>
/// <param name="ArtifactCount">How many artifacts it holds.</param>
/// <param name="Path">Where the tarball is: as the entry says, else beside <c>snapshots.toml</c>.</param>
internal sealed record TarballRecord(string Id, DateTimeOffset CreatedAt, string Message, int ArtifactCount, string Path);

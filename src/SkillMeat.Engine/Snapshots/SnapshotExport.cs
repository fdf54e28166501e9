
namespace SkillMeat.Snapshots;

/// <summary>A snapshot exported as a tarball that Python SkillMeat can restore. It has been read back and compared.</summary>
/// <param name="SnapshotId">The id of the snapshot.</param>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="Path">The full path of the tarball.</param>
/// <param name="SizeBytes">The size of the tarball in bytes.</param>
/// <param name="IsListed">Whether it is listed in the home's <c>snapshots.toml</c>, which Python SkillMeat reads.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotExport(string SnapshotId, string Collection, string Path, long SizeBytes, bool IsListed);

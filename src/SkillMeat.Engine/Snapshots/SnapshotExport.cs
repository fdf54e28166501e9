
namespace SkillMeat.Snapshots;

/// <summary>A snapshot as a tarball that the original program can restore. It was read back and compared.</summary>
/// <param name="Id">The snapshot.</param>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="Path">The tarball, a full path.</param>
/// <param name="SizeBytes">Its size in bytes.</param>
/// <param name="IsListed">Whether it is in the home's <c>snapshots.toml</c>, where the original looks.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotExport(string Id, string Collection, string Path, long SizeBytes, bool IsListed);

namespace SkillMeat.Errors;

/// <summary>A snapshot that has everything that an operation may have left half done.</summary>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="SnapshotId">The id of the snapshot.</param>
/// <param name="IsBefore">Whether it has the state before the operation. Otherwise it is the snapshot that was being restored, and restoring it again finishes the operation.</param>
/// <remarks>Immutable.</remarks>
public sealed record WayBack(string Collection, string SnapshotId, bool IsBefore)
{
    /// <summary>The names of the artifacts that were being restored; empty for the whole collection.</summary>
    public IReadOnlyList<string> Artifacts { get; init; } = [];
}

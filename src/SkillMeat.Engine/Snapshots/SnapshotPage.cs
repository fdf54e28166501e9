namespace SkillMeat.Snapshots;

/// <summary>A page of the snapshots of a collection, newest first.</summary>
/// <param name="Snapshots">The snapshots of this page.</param>
/// <param name="Total">The total number of snapshots.</param>
/// <param name="Skipped">The number of newer snapshots that were skipped.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotPage(IReadOnlyList<SnapshotInfo> Snapshots, int Total, int Skipped)
{
    /// <summary>The length of a page by default.</summary>
    public const int DefaultLength = 50;
}

namespace SkillMeat.Snapshots;

/// <summary>Some of a collection's snapshots, newest first.</summary>
/// <param name="Snapshots">The snapshots of this page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Skipped">How many newer ones were skipped.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotPage(IReadOnlyList<SnapshotInfo> Snapshots, int Total, int Skipped)
{
    /// <summary>The length of a page by default.</summary>
    public const int DefaultLength = 50;
}

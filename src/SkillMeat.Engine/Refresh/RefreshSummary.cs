
namespace SkillMeat.Refresh;

/// <summary>The totals of a refresh.</summary>
/// <param name="RefreshedCount">The number of artifacts with a changed field.</param>
/// <param name="UnchangedCount">The number of artifacts that are the same as upstream.</param>
/// <param name="SkippedCount">The number of artifacts that were skipped.</param>
/// <param name="ErrorCount">The number of artifacts with an error.</param>
/// <param name="Duration">The duration of the refresh.</param>
/// <remarks>Immutable.</remarks>
public sealed record RefreshSummary(int RefreshedCount, int UnchangedCount, int SkippedCount, int ErrorCount, TimeSpan Duration)
{
    /// <summary>The name of the collection's folder.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The snapshot from before the change; null if nothing changed, and in a dry run.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>The number of artifacts that pass the filter.</summary>
    public int TotalProcessed => RefreshedCount + UnchangedCount + SkippedCount + ErrorCount;

    /// <summary>
    /// The percentage of refreshed and unchanged artifacts, from 0 to 100; 100 if there are no artifacts. Python SkillMeat counts the same way.
    /// </summary>
    public double SuccessRate => TotalProcessed == 0 ? 100 : 100.0 * (RefreshedCount + UnchangedCount) / TotalProcessed;
}

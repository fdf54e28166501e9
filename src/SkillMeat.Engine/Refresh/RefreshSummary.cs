
namespace SkillMeat.Refresh;

/// <summary>The totals of a refresh.</summary>
/// <param name="RefreshedCount">Artifacts with a changed field.</param>
/// <param name="UnchangedCount">Artifacts that are as upstream says.</param>
/// <param name="SkippedCount">Artifacts without anything to ask.</param>
/// <param name="ErrorCount">Artifacts about which upstream could not tell.</param>
/// <param name="Duration">How long the whole refresh took.</param>
/// <remarks>Immutable.</remarks>
public sealed record RefreshSummary(int RefreshedCount, int UnchangedCount, int SkippedCount, int ErrorCount, TimeSpan Duration)
{
    /// <summary>The name of the collection's folder.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The snapshot from before the change; null when nothing changed, and in a dry run.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>All artifacts that passed the filter.</summary>
    public int TotalProcessed => RefreshedCount + UnchangedCount + SkippedCount + ErrorCount;

    /// <summary>Refreshed and unchanged ones among all, in percent from 0 to 100; 100 when there is none. The original counts the same way.</summary>
    public double SuccessRate => TotalProcessed == 0 ? 100 : 100.0 * (RefreshedCount + UnchangedCount) / TotalProcessed;
}

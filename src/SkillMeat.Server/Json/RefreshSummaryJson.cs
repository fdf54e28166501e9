using SkillMeat.Refresh;

namespace SkillMeat.Server.Json;

/// <summary>The totals of a refresh, as <c>skm collection refresh</c> prints them.</summary>
internal sealed record RefreshSummaryJson(int RefreshedCount, int UnchangedCount, int SkippedCount, int ErrorCount, int TotalProcessed, double SuccessRate, double DurationMs)
{
    public static RefreshSummaryJson Of(RefreshSummary summary) => new(
        summary.RefreshedCount, summary.UnchangedCount, summary.SkippedCount, summary.ErrorCount, summary.TotalProcessed,
        Math.Round(summary.SuccessRate, 2), Math.Round(summary.Duration.TotalMilliseconds, 3));
}

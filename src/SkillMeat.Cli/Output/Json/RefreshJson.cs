using SkillMeat.Refresh;

namespace SkillMeat.Cli.Output.Json;

/// <summary>The outcome of a refresh, as <c>skm collection refresh</c> prints it.</summary>
internal sealed record RefreshJson(string Collection, string? SnapshotId, bool DryRun, RefreshSummaryJson Summary, IEnumerable<RefreshEntryJson> Entries)
{
    public static RefreshJson Of(RefreshResult result) =>
        new(result.Collection, result.SnapshotId, result.DryRun, RefreshSummaryJson.Of(result.Summary), result.Entries.Select(RefreshEntryJson.Of));
}

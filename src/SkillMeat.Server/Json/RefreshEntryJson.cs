using SkillMeat.Collections;
using SkillMeat.Refresh;

namespace SkillMeat.Server.Json;

/// <summary>The result of a refresh for one artifact, as <c>skm collection refresh</c> prints it.</summary>
internal sealed record RefreshEntryJson(
    string ArtifactId,
    RefreshStatus Status,
    TextValues Changes,
    IReadOnlyDictionary<string, object?> OldValues,
    IReadOnlyDictionary<string, object?> NewValues,
    string? Reason,
    string? Error,
    string? Code,
    double DurationMs,
    DateTimeOffset? TagsImportedAt,
    bool DryRun)
{
    public static RefreshEntryJson Of(RefreshEntry entry) => new(
        entry.ArtifactId, entry.Status, entry.Changes, entry.OldValues, entry.NewValues, entry.Reason, entry.Error, entry.ErrorId, Math.Round(entry.Duration.TotalMilliseconds, 3), entry.TagsImportedAt, entry.DryRun);
}

using System.Text.Json.Serialization;
using SkillMeat.Refresh;

namespace SkillMeat.Server.Json;

/// <summary>The outcome of a refresh, as <c>skm collection refresh</c> prints it.</summary>
internal sealed record RefreshJson(
    string Collection,
    string? SnapshotId,
    bool DryRun,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<string>? Fields,
    RefreshSummaryJson Summary,
    IEnumerable<RefreshEntryJson> Entries)
{
    public static RefreshJson Of(RefreshResult result, RefreshRequest request) => new(
        result.Collection,
        result.SnapshotId,
        result.DryRun,
        request.NameChangedFields ? request.Fields.Select(field => field.Name) : null,
        RefreshSummaryJson.Of(result.Summary),
        result.Entries.Select(RefreshEntryJson.Of));
}

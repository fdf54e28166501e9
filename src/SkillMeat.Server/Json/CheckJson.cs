using System.Text.Json.Serialization;
using SkillMeat.Checks;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>An update check of one artifact, as <c>skm collection refresh --check-only</c> prints it.</summary>
internal sealed record CheckJson(
    string ArtifactId,
    string Name,
    string Type,
    string Collection,
    ChangeType ChangeType,
    bool UpdateAvailable,
    string? CurrentSha,
    string? UpstreamSha,
    string? Ref,
    string? NewPath,
    string? Reason,
    UpdateRisk Drift,
    string? Code,
    string? NewRepository,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TextValues? ChangedFields,
    string? OldSha,
    string? NewSha,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<CheckedCopyJson>? Copies,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? TagsImportedAt)
{
    public static CheckJson Of(ArtifactCheck check, bool showsMetadata) => new(
        check.ArtifactId, check.Name, check.Type, check.Collection, check.ChangeType, check.UpdateAvailable, check.OldSha, check.NewSha,
        check.Ref, check.NewPath, check.Reason, check.Drift, check.ErrorId, check.NewRepository, check.ChangedFields,
        check.OldSha, check.NewSha, check.Copies?.Select(CheckedCopyJson.Of), showsMetadata ? check.TagsImportedAt : null);
}

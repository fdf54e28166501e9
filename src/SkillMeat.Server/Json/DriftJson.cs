using SkillMeat.Collections;
using SkillMeat.Projects.Drift;

namespace SkillMeat.Server.Json;

/// <summary>The drift of one artifact in one project, as <c>skm drift</c> prints it.</summary>
internal sealed record DriftJson(
    string ArtifactId,
    string Project,
    string Profile,
    DriftState State,
    string ChangeOrigin,
    string? BaseHash,
    string? CollectionHash,
    string? ProjectHash,
    DateTimeOffset? FirstSeen,
    TextValues ChangedFiles,
    IEnumerable<ChangedField> ChangedFields,
    string Recommendation,
    string Path,
    string? Collection,
    bool IsLink,
    DateTimeOffset? DeployedAt,
    DateTimeOffset? TagsImportedAt)
{
    public static DriftJson Of(ArtifactDrift one) => new(
        one.ArtifactId, one.Project, one.Profile, one.State, one.ChangeOrigin, one.BaseHash, one.CollectionHash, one.ProjectHash, one.FirstSeen, one.ChangedFiles, one.ChangedFields, one.Recommendation,
        one.Path, one.Collection, one.IsLink, one.DeployedAt, one.TagsImportedAt);
}

using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Versions;

namespace SkillMeat.Server.Json;

/// <summary>A stale artifact, as <c>skm stale</c> prints it.</summary>
internal sealed record StaleJson(
    string ArtifactId,
    string? Project,
    string? DeployedVersion,
    string? CollectionVersion,
    string? UpstreamVersion,
    VersionDifference Difference,
    int? CommitsBehind,
    DateTimeOffset? CheckedAt,
    string Collection,
    string? Profile,
    string? Problem)
{
    public static StaleJson Of(StaleArtifact one) => new(
        one.ArtifactId, one.Project, one.DeployedVersion, one.CollectionVersion, one.UpstreamVersion, one.Difference, one.CommitsBehind, one.CheckedAt, one.Collection, one.Profile, one.Problem);
}

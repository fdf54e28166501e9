using SkillMeat.Projects.Adoption;

namespace SkillMeat.Server.Json;

/// <summary>The outcome for one artifact, as <c>skm adopt</c> prints it.</summary>
internal sealed record AdoptJson(
    string ArtifactId,
    string Path,
    string Origin,
    string? Upstream,
    string? Version,
    AdoptStatus Status,
    string? Reason,
    string Project,
    string Profile,
    string Collection,
    string? FoundIn,
    string? Code,
    bool DryRun)
{
    public static AdoptJson Of(AdoptedArtifact one) =>
        new(one.ArtifactId, one.Path, one.Origin, one.Upstream, one.Version, one.Status, one.Reason, one.Project, one.Profile, one.Collection, one.FoundIn, one.ErrorId, one.DryRun);
}

using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Refresh;

/// <summary>What upstream told about an artifact's fields, or why nothing.</summary>
/// <param name="Asked">The artifact as it was when upstream was asked.</param>
/// <param name="Fields">What upstream says; null when it was not asked or could not tell.</param>
/// <param name="Remark">Why it was not asked, or what else is worth knowing.</param>
/// <param name="Error">Why it could not tell.</param>
/// <param name="Duration">The time spent on this artifact alone.</param>
internal sealed record ToldArtifact(Artifact Asked, UpstreamFields? Fields, string? Remark, SkillMeatException? Error, TimeSpan Duration)
{
    public ArtifactId Id => Asked.Id;

    /// <summary>Whether what was told is about this artifact: the user may have replaced it while upstream was asked.</summary>
    public bool IsAbout(Artifact current) =>
        current.Upstream == Asked.Upstream && current.VersionSpec == Asked.VersionSpec && current.Origin == Asked.Origin;
}

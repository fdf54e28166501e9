using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Refresh;

/// <summary>The answer from upstream about the fields of an artifact, or the reason that there is none.</summary>
/// <param name="Asked">The artifact at the time of the question.</param>
/// <param name="Fields">The fields; null if upstream was not asked or did not answer.</param>
/// <param name="Remark">The reason that upstream was not asked, or a remark.</param>
/// <param name="Error">The error; null if there was none.</param>
/// <param name="Duration">The time spent on this artifact alone.</param>
internal sealed record FieldAnswer(Artifact Asked, UpstreamFields? Fields, string? Remark, SkillMeatException? Error, TimeSpan Duration)
{
    public ArtifactId Id => Asked.Id;

    /// <summary>Whether the answer applies to an artifact, whose upstream the user may have changed in the meantime.</summary>
    public bool IsAbout(Artifact current) =>
        current.Upstream == Asked.Upstream && current.Ref == Asked.Ref && current.Origin == Asked.Origin;
}

using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Refresh;

/// <summary>The answer from upstream about the fields of an artifact, or the reason that there is none.</summary>
/// <param name="Asked">The artifact at the time of the question.</param>
/// <param name="Fields">The fields; null if upstream was not asked or did not answer.</param>
/// <param name="Remark">The reason that upstream was not asked, or a remark.</param>
/// <param name="Error">The error; null if there was none.</param>
/// <param name="Duration">The time spent on this artifact alone.</param>
internal sealed record FieldAnswer(FollowedArtifact Asked, UpstreamFields? Fields, string? Remark, SkillMeatException? Error, TimeSpan Duration)
{
    /// <summary>The reason for an artifact that the user does not want to change.</summary>
    public const string Declined = "It was declined.";

    public ArtifactId Id => Asked.Id;

    /// <summary>The change upstream; null if the answer does not tell.</summary>
    public ArtifactCheck? Check { get; init; }

    /// <summary>Returns the answer for an artifact that the user does not want to change.</summary>
    public FieldAnswer Decline() => this with { Fields = null, Error = null, Remark = Declined };

    /// <summary>Whether the answer applies to an artifact, whose upstream the user may have changed in the meantime.</summary>
    public bool IsAbout(Artifact current) => Asked.IsStill(current);
}

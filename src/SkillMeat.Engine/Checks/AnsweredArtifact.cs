using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>An artifact with what upstream said about it.</summary>
/// <param name="Tracked">The artifact.</param>
/// <param name="Answer">What upstream said about its repository.</param>
/// <param name="Path">What it said about its path.</param>
internal sealed record AnsweredArtifact(TrackedArtifact Tracked, RepositoryAnswer Answer, PathAnswer Path)
{
    /// <summary>Whether the path was there and no longer is.</summary>
    public bool IsGone => Path is { Error: null, Commit: not null, Exists: false };
}

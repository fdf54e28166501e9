using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>An artifact together with the answer from upstream.</summary>
/// <param name="Tracked">The artifact.</param>
/// <param name="Answer">The answer about its repository.</param>
/// <param name="Path">The answer about its path.</param>
internal sealed record AnsweredArtifact(TrackedArtifact Tracked, RepositoryAnswer Answer, PathAnswer Path)
{
    /// <summary>Whether the path no longer exists at the followed ref.</summary>
    public bool IsGone => Path is { Error: null, Commit: not null, Exists: false };
}

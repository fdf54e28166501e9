using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>An artifact together with the answer from upstream.</summary>
/// <param name="Tracked">The artifact.</param>
/// <param name="Answer">The answer about its repository.</param>
/// <param name="Path">The answer about its path.</param>
internal sealed record AnsweredArtifact(TrackedArtifact Tracked, RepositoryAnswer Answer, PathAnswer Path)
{
    /// <summary>Whether the path is still a folder, but without the file that made it an artifact.</summary>
    public bool HasLostManifest => Path.HasLostManifest;

    /// <summary>Whether the artifact is no longer at the path at the followed ref.</summary>
    public bool IsGone => HasLostManifest || Path is { Error: null, Commit: not null, Exists: false };
}

using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Projects.Desired;

/// <summary>An artifact that a project file names.</summary>
/// <param name="Id">The artifact.</param>
/// <remarks>Immutable.</remarks>
internal sealed record DesiredArtifact(ArtifactId Id)
{
    /// <summary>The source as <c>skm add</c> takes it, with the version; null for an artifact without upstream.</summary>
    public string? Source { get; init; }

    /// <summary>The ref to follow, or null for that of <see cref="Source"/>.</summary>
    public string? Version { get; init; }

    /// <summary>The commit that was deployed, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>The ids of the profiles.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [Projects.Profiles.Profile.ClaudeCode];

    /// <summary>Whether it is copied or linked.</summary>
    public DeployMode Mode { get; init; }

    /// <summary>Whether it takes effect in the project: the user decides that.</summary>
    public bool Activate { get; init; }

    /// <summary>Whether the collection lacks it. Only for a dry run, which would add it.</summary>
    public bool IsMissing { get; init; }
}

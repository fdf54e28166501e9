using SkillMeat.Collections;
using SkillMeat.Projects.Adoption.Origins;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Adoption;

/// <summary>A file or folder that can be adopted.</summary>
/// <param name="Site">The project.</param>
/// <param name="Artifact">The artifact. Its name need not be a valid one.</param>
/// <param name="Path">The full path.</param>
/// <param name="Profile">The id of the profile.</param>
internal sealed record AdoptionCandidate(ProjectSite Site, ArtifactId Artifact, string Path, string Profile)
{
    /// <summary>The deployment that the copy becomes; null if its folder belongs to another program.</summary>
    public Target? Target { get; init; }

    /// <summary>The record that names the copy for an artifact that no collection of this home has; null if no record names it.</summary>
    public DeploymentRecord? Record { get; init; }

    /// <summary>The origin if the candidate was found by it, or null.</summary>
    public KnownOrigin? Origin { get; init; }

    /// <summary>The reason that it cannot be adopted, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether it is a link to files that are no candidate.</summary>
    public bool IsLink { get; init; }

    /// <summary>Returns the same copy as one of another artifact.</summary>
    public AdoptionCandidate As(ArtifactId artifact) => this with { Artifact = artifact, Target = Target is null ? null : Target with { Artifact = artifact } };

    /// <summary>The profile of a plugin's artifacts, which only Claude Code reads.</summary>
    public static string PluginProfile => Profiles.Profile.ClaudeCode;
}

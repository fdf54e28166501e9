using SkillMeat.Collections;

namespace SkillMeat.Projects.Records;

/// <summary>An entry of <c>.skillmeat-deployed.toml</c>: an artifact that was copied or linked into a profile root.</summary>
/// <remarks>Immutable. Source of the format: Python SkillMeat 0.9.1.</remarks>
internal sealed record DeploymentRecord
{
    /// <summary>The artifact.</summary>
    public required ArtifactId Artifact { get; init; }

    /// <summary>The folder name of the collection that it came from.</summary>
    public required string Collection { get; init; }

    /// <summary>The path of the copy relative to the profile root, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The content hash of the copy as it was deployed: the base of three-way comparisons.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The time of the deployment, or null if it cannot be read.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>The id of the profile.</summary>
    public string Profile { get; init; } = Profiles.Profile.ClaudeCode;

    /// <summary>The content hashes of this and earlier deployments, newest first.</summary>
    public IReadOnlyList<string> Lineage { get; init; } = [];

    /// <summary>The time at which a modification of the copy was first seen, or null.</summary>
    public DateTimeOffset? ModifiedSince { get; init; }

    /// <summary>The key of the record: the artifact and the profile.</summary>
    public (ArtifactId Artifact, string Profile) Key => (Artifact, Profile);
}

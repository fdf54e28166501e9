using SkillMeat.Collections;

namespace SkillMeat.Cache.Deployments;

/// <summary>An artifact that is deployed into a project, with its state.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeploymentStatus
{
    internal DeploymentStatus(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The folder name of the collection that it came from, or null if the record does not name it.</summary>
    public string? Collection { get; init; }

    /// <summary>The full path of the project; for the user's own folders that of the home folder.</summary>
    public required string Project { get; init; }

    /// <summary>The name of a registered project, or null.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Whether it lies in the user's own folders.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>The id of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The full path of the copy.</summary>
    public required string Path { get; init; }

    /// <summary>The state.</summary>
    public required DeploymentState State { get; init; }

    /// <summary>The time of the deployment in UTC, or null.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>The version that the copy says, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the copy is a link to the collection's files.</summary>
    public bool IsLink { get; init; }
}

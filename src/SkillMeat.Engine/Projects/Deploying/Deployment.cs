using SkillMeat.Collections;

namespace SkillMeat.Projects.Deploying;

/// <summary>An artifact that a deployment record names.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Deployment
{
    internal Deployment(ArtifactId id)
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

    /// <summary>The id of the profile.</summary>
    public required string Profile { get; init; }
}

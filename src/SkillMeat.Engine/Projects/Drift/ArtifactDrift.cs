using SkillMeat.Collections;

namespace SkillMeat.Projects.Drift;

/// <summary>The drift of one artifact in one project.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactDrift
{
    internal ArtifactDrift(ArtifactId id)
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

    /// <summary>The full path of the project.</summary>
    public required string Project { get; init; }

    /// <summary>Whether it lies in the user's own folders; the project is then the home folder.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>The id of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The full path of the copy.</summary>
    public required string Path { get; init; }

    /// <summary>The folder name of the collection, or null if it is not known.</summary>
    public string? Collection { get; init; }

    /// <summary>The state.</summary>
    public required DriftState State { get; init; }

    /// <summary>The origin of the change: <c>deployment</c>, <c>sync</c> or <c>local_modification</c>.</summary>
    public required string ChangeOrigin { get; init; }

    /// <summary>The content hash of what was deployed, or null if there is no record.</summary>
    public string? BaseHash { get; init; }

    /// <summary>The content hash of the artifact in the collection, or null if it is not there.</summary>
    public string? CollectionHash { get; init; }

    /// <summary>The content hash of the copy, or null if there is none.</summary>
    public string? ProjectHash { get; init; }

    /// <summary>The time in UTC at which the modification was first recorded, or null.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>The time of the deployment in UTC, or null.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>Whether the copy is a link to the collection's files.</summary>
    public bool IsLink { get; init; }

    /// <summary>The files that differ between the copy and the collection, relative to the artifact with <c>/</c>; <c>.</c> for an artifact of one file.</summary>
    public TextValues ChangedFiles { get; init; } = [];

    /// <summary>The fields of the front matter that differ.</summary>
    public ItemList<ChangedField> ChangedFields { get; init; } = [];

    /// <summary>The recommended next step.</summary>
    public required string Recommendation { get; init; }

    /// <summary>The time in UTC at which tags of the artifact in the collection were last imported from upstream; null for never, or if the collection does not have it.</summary>
    public DateTimeOffset? TagsImportedAt { get; init; }
}

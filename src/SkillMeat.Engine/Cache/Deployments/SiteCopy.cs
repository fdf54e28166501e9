using SkillMeat.Collections;
using SkillMeat.Projects.Drift;

namespace SkillMeat.Cache.Deployments;

/// <summary>The copy of an artifact in a project, as it was found.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record SiteCopy
{
    /// <summary>The artifact.</summary>
    public required ArtifactId Artifact { get; init; }

    /// <summary>The id of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The full path of the folder of the copy.</summary>
    public required string Folder { get; init; }

    /// <summary>The name of the copy in it.</summary>
    public required string Leaf { get; init; }

    /// <summary>The folder name of the collection, or null if there is no record, or that does not name it.</summary>
    public string? Collection { get; init; }

    /// <summary>The state.</summary>
    public required DriftState State { get; init; }

    /// <summary>The time of the deployment in UTC, or null.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>Whether the copy is a link to the collection's files.</summary>
    public bool IsLink { get; init; }

    /// <summary>The version that the copy says, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The version of the artifact in the collection, or null.</summary>
    public string? CollectionVersion { get; init; }

    /// <summary>The path of the artifact in the collection, or null if it is not there.</summary>
    public string? OriginalPath { get; init; }

    /// <summary>The stamp of the artifact in the collection.</summary>
    public long OriginalStamp { get; init; }

    /// <summary>The beginning of the content hash of the copy, or 0.</summary>
    public long Content { get; init; }

    /// <summary>The beginning of the content hash of the artifact in the collection, or 0.</summary>
    public long CollectionContent { get; init; }

    /// <summary>Whether the copy is behind the collection.</summary>
    public bool IsBehind { get; init; }

    /// <summary>The full path of the copy.</summary>
    public string Path => System.IO.Path.Combine(Folder, Leaf);
}

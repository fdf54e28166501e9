using SkillMeat.Collections;

namespace SkillMeat.Removals;

/// <summary>An artifact that was, or would be, removed.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RemovedArtifact
{
    internal RemovedArtifact(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>Its name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of its type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of its collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>Where its files lie, or lay, a full path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether its files are still there.</summary>
    public bool FilesKept { get; init; }

    /// <summary>The snapshot that brings it back; null when none was made.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether nothing was done, because it was only asked what would be.</summary>
    public bool DryRun { get; init; }
}

using SkillMeat.Collections;

namespace SkillMeat.Removals;

/// <summary>An artifact that was removed, or would be in a dry run.</summary>
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

    /// <summary>The name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The full path of its files.</summary>
    public required string Path { get; init; }

    /// <summary>Whether its files were kept.</summary>
    public bool FilesKept { get; init; }

    /// <summary>The snapshot from which it can be restored, or null if none was taken.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}

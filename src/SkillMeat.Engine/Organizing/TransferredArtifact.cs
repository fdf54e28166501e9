using SkillMeat.Collections;

namespace SkillMeat.Organizing;

/// <summary>An artifact that was moved or copied to another collection, or would be in a dry run.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TransferredArtifact
{
    internal TransferredArtifact(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact in the destination, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name in the destination.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The folder name of the collection that has it now.</summary>
    public required string Collection { get; init; }

    /// <summary>The folder name of the collection from which it came.</summary>
    public required string Source { get; init; }

    /// <summary>The name that it had there.</summary>
    public required string SourceName { get; init; }

    /// <summary>The full path of its files now.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it was moved. Otherwise the collection from which it came has it still.</summary>
    public bool IsMoved { get; init; }

    /// <summary>The number of its deployments in known projects that name the new collection now.</summary>
    public int Deployments { get; init; }

    /// <summary>The snapshot of the collection that has it now, from before; null if none was taken.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The snapshot of the collection from which it was moved, from before; null if none was taken.</summary>
    public string? SourceSnapshotId { get; init; }

    /// <summary>Warnings of the whole transfer, one line each.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}

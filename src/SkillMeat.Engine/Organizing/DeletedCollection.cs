using SkillMeat.Collections;

namespace SkillMeat.Organizing;

/// <summary>A collection that was deleted, or would be in a dry run.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeletedCollection
{
    /// <summary>The name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The full path of the deleted folder. If it was a link, only the link was deleted.</summary>
    public required string Folder { get; init; }

    /// <summary>The number of its artifacts, or 0 if its manifest could not be read.</summary>
    public int ArtifactCount { get; init; }

    /// <summary>The snapshot from which it can be restored, which is never removed automatically. Null in a dry run.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The name of the active collection afterwards.</summary>
    public required string ActiveCollection { get; init; }

    /// <summary>The number of its deployments in known projects. They stay, and are reported as orphaned.</summary>
    public int Deployments { get; init; }

    /// <summary>The full paths of those that are links to files of the collection, and lead nowhere without it.</summary>
    public TextValues LinkedDeployments { get; init; } = [];

    /// <summary>The projects of these deployments.</summary>
    public TextValues Projects { get; init; } = [];

    /// <summary>Warnings, one line each.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}

using SkillMeat.Collections;

namespace SkillMeat.Projects.Restoring;

/// <summary>A content that a change of a project replaced or removed, and that the home keeps.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ReplacedCopy
{
    internal ReplacedCopy(ArtifactId id)
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

    /// <summary>The full path of the project; for the user's own folders that of the home folder.</summary>
    public required string Project { get; init; }

    /// <summary>Whether it lies in the user's own folders.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>The full path of the copy.</summary>
    public required string Path { get; init; }

    /// <summary>The time at which it was replaced, in UTC.</summary>
    public required DateTimeOffset ReplacedAt { get; init; }

    /// <summary>The outcome.</summary>
    public required ReplacedCopyStatus Status { get; init; }

    /// <summary>The reason for the outcome, or null if it needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>Warnings of the change as a whole, with one of the results.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}

using SkillMeat.Collections;

namespace SkillMeat.Projects.Registry;

/// <summary>A folder into which artifacts are deployed.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Project
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The full path of the folder, without links in it unless it is missing.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the folder is not there: deleted, renamed, or on a volume that is not mounted.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether the home knows the project.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>The time of its registration in UTC, or null.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>The profiles for which it has deployments.</summary>
    public TextValues Profiles { get; init; } = [];

    /// <summary>The number of deployed artifacts.</summary>
    public int Deployments { get; init; }

    /// <summary>The reason that its deployment records cannot be read, or null.</summary>
    public string? Problem { get; init; }
}

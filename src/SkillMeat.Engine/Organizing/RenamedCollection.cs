using SkillMeat.Collections;

namespace SkillMeat.Organizing;

/// <summary>A collection that was renamed, or would be in a dry run.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RenamedCollection
{
    /// <summary>The new name.</summary>
    public required string Collection { get; init; }

    /// <summary>The earlier name.</summary>
    public required string PreviousName { get; init; }

    /// <summary>The full path of its folder under the new name.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether it is the active collection.</summary>
    public bool IsActive { get; init; }

    /// <summary>The number of snapshots that go with it.</summary>
    public int Snapshots { get; init; }

    /// <summary>The number of deployments in known projects that name it by the new name now.</summary>
    public int Deployments { get; init; }

    /// <summary>The projects of these deployments.</summary>
    public TextValues Projects { get; init; } = [];

    /// <summary>Warnings, one line each.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}

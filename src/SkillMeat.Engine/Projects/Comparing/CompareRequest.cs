namespace SkillMeat.Projects.Comparing;

/// <summary>A request to compare two contents of an artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record CompareRequest
{
    /// <summary>The artifact, as a name or <c>type:name</c>.</summary>
    public required string Artifact { get; init; }

    /// <summary>The name of its type, or null for any.</summary>
    public string? Type { get; init; }

    /// <summary>The collection; null for the one that the deployment record names, or the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>The project, as the path of a folder or the name of a registered one; null for none.</summary>
    public string? Project { get; init; }

    /// <summary>Whether the user's own folders are the project.</summary>
    public bool IsUser { get; init; }

    /// <summary>The profile in the project, by id or alias; null for the first one that has the artifact.</summary>
    public string? Profile { get; init; }

    /// <summary>The old side.</summary>
    public required CompareSide From { get; init; }

    /// <summary>The new side.</summary>
    public required CompareSide To { get; init; }
}

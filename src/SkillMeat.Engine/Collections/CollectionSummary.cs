namespace SkillMeat.Collections;

/// <summary>A collection in a list.</summary>
/// <remarks>Immutable. Times are UTC. Of a collection that can't be read only name, folder and problem are known.</remarks>
public sealed record CollectionSummary
{
    /// <summary>The name of its folder, by which commands name it.</summary>
    public required string Name { get; init; }

    /// <summary>The name that its manifest gives it; as a rule the same.</summary>
    public string? Title { get; init; }

    /// <summary>Whether commands mean it when they name none.</summary>
    public bool IsActive { get; init; }

    /// <summary>How many artifacts it has.</summary>
    public int ArtifactCount { get; init; }

    /// <summary>How many MCP servers its manifest lists.</summary>
    public int McpServerCount { get; init; }

    /// <summary>The names of its groups.</summary>
    public TextValues Groups { get; init; } = [];

    /// <summary>When it was made; null when the manifest does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When its manifest last changed; null when the manifest does not say.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Its folder, a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>Why it can't be read; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The stable id of the problem; null when there is none.</summary>
    public string? ErrorId { get; init; }
}

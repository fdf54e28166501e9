namespace SkillMeat.Collections;

/// <summary>A collection as it was at one moment: its manifest and its lock file, read together.</summary>
/// <remarks>Immutable. Times are UTC.</remarks>
public sealed record Collection
{
    /// <summary>The name of the folder under <c>collections/</c>, by which commands name the collection.</summary>
    public required string Name { get; init; }

    /// <summary>The name that the manifest gives; as a rule the same.</summary>
    public required string Title { get; init; }

    /// <summary>The collection's folder, a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether this is the home's active collection.</summary>
    public bool IsActive { get; init; }

    /// <summary>When it was made; null when the manifest does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When its manifest last changed; null when the manifest does not say.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The artifacts, in the manifest's order.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    /// <summary>The names of its groups, in the manifest's order.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>How many MCP servers the manifest lists.</summary>
    public int McpServerCount { get; init; }

    /// <summary>How many artifacts there are.</summary>
    public int ArtifactCount => Artifacts.Count;
}

namespace SkillMeat.Collections;

/// <summary>A summary of a collection, for lists.</summary>
/// <remarks>Immutable. Times are UTC. For an unreadable collection, only name, folder and problem are set.</remarks>
public sealed record CollectionSummary
{
    /// <summary>The name of the folder, by which commands refer to the collection.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the manifest, usually the same.</summary>
    public string? Title { get; init; }

    /// <summary>The description, or null. Python SkillMeat does not know it, and drops it when it saves the collection.</summary>
    public string? Description { get; init; }

    /// <summary>Whether this is the home's active collection.</summary>
    public bool IsActive { get; init; }

    /// <summary>The number of artifacts.</summary>
    public int ArtifactCount { get; init; }

    /// <summary>The number of MCP servers in the manifest.</summary>
    public int McpServerCount => McpServers.Count;

    /// <summary>The names of the groups.</summary>
    public TextValues Groups { get; init; } = [];

    /// <summary>The MCP servers in the manifest.</summary>
    public ItemList<McpServer> McpServers { get; init; } = [];

    /// <summary>The groups with their members, in the manifest's order.</summary>
    public ItemList<GroupDefinition> GroupDefinitions { get; init; } = [];

    /// <summary>The tags that the manifest defines.</summary>
    public ItemList<TagDefinition> TagDefinitions { get; init; } = [];

    /// <summary>The version of the manifest's format, or null if it names none.</summary>
    public string? FormatVersion { get; init; }

    /// <summary>The values of other keys in the manifest: <c>key</c> at the top, <c>collection.key</c> in the <c>[collection]</c> table.</summary>
    public KeyValues OtherValues { get; init; } = KeyValues.None;

    /// <summary>The time of its creation, or null if the manifest has none.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The time of the last change of the manifest, or null if the manifest has none.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The full path of the folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The reason why it cannot be read, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The stable error id of the problem, or null.</summary>
    public string? ErrorId { get; init; }
}

namespace SkillMeat.Editing;

/// <summary>A list of named entries in a manifest, besides that of the artifacts.</summary>
public enum ManifestList
{
    /// <summary>The groups of artifacts.</summary>
    Groups,

    /// <summary>The MCP servers.</summary>
    McpServers,

    /// <summary>The tag definitions.</summary>
    TagDefinitions,
}

namespace SkillMeat.Collections;

/// <summary>The lists of a manifest besides its artifacts.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="McpServers">The MCP servers.</param>
/// <param name="TagDefinitions">The tag definitions.</param>
/// <param name="OtherValues">The values of other keys.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ManifestLists(ItemList<GroupDefinition> Groups, ItemList<McpServer> McpServers, ItemList<TagDefinition> TagDefinitions, KeyValues OtherValues)
{
    /// <summary>Reads the lists of a manifest.</summary>
    public static ManifestLists Of(Manifest manifest) => new(manifest.ReadGroups(), manifest.ReadMcpServers(), manifest.ReadTagDefinitions(), manifest.ReadOtherValues());
}

using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A collection with its artifacts, as <c>skm collection show</c> prints it.</summary>
internal sealed record CollectionJson(
    string Name,
    string Title,
    string Folder,
    bool IsActive,
    DateTimeOffset? Created,
    DateTimeOffset? Updated,
    int ArtifactCount,
    int McpServerCount,
    TextValues Groups,
    IEnumerable<ArtifactJson> Artifacts,
    IEnumerable<McpServerJson> McpServers,
    IEnumerable<GroupDefinitionJson> GroupDefinitions,
    IEnumerable<TagDefinitionJson> TagDefinitions,
    string? FormatVersion,
    KeyValues OtherValues)
{
    public static CollectionJson Of(Collection collection) => new(
        collection.Name, collection.Title, collection.Folder, collection.IsActive, collection.Created, collection.Updated, collection.ArtifactCount, collection.McpServerCount,
        collection.Groups, collection.Artifacts.Select(ArtifactJson.Of), collection.McpServers.Select(McpServerJson.Of),
        collection.GroupDefinitions.Select(GroupDefinitionJson.Of), collection.TagDefinitions.Select(TagDefinitionJson.Of), collection.FormatVersion, collection.OtherValues);
}

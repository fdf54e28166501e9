using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A collection in the list that <c>skm collection list</c> prints.</summary>
internal sealed record CollectionSummaryJson(
    string Name,
    bool IsActive,
    int ArtifactCount,
    DateTimeOffset? Updated,
    string? Problem,
    string? Code,
    string? Title,
    string Folder,
    DateTimeOffset? Created,
    int McpServerCount,
    TextValues Groups,
    IEnumerable<McpServerJson> McpServers,
    IEnumerable<GroupDefinitionJson> GroupDefinitions,
    IEnumerable<TagDefinitionJson> TagDefinitions,
    string? FormatVersion,
    KeyValues OtherValues)
{
    public static CollectionSummaryJson Of(CollectionSummary collection) => new(
        collection.Name, collection.IsActive, collection.ArtifactCount, collection.Updated, collection.Problem, collection.ErrorId, collection.Title, collection.Folder,
        collection.Created, collection.McpServerCount, collection.Groups, collection.McpServers.Select(McpServerJson.Of),
        collection.GroupDefinitions.Select(GroupDefinitionJson.Of), collection.TagDefinitions.Select(TagDefinitionJson.Of), collection.FormatVersion, collection.OtherValues);
}

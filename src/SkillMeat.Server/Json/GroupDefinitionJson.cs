using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A group with its members, as part of a collection.</summary>
internal sealed record GroupDefinitionJson(string? Name, string? Description, string? Color, string? Icon, long? Position, TextValues Members, KeyValues OtherValues)
{
    public static GroupDefinitionJson Of(GroupDefinition group) => new(group.Name, group.Description, group.Color, group.Icon, group.Position, group.Members, group.OtherValues);
}

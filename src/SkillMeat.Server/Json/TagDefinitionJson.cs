using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A tag that a collection defines, as part of the collection.</summary>
internal sealed record TagDefinitionJson(string? Name, string? Slug, string? Color, string? Description, KeyValues OtherValues)
{
    public static TagDefinitionJson Of(TagDefinition tag) => new(tag.Name, tag.Slug, tag.Color, tag.Description, tag.OtherValues);
}

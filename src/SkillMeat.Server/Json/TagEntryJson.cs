using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A tag definition in its collection, as <c>skm tag</c> prints it.</summary>
internal sealed record TagEntryJson(string? Collection, string? Name, string? Slug, string? Color, string? Description, KeyValues OtherValues)
{
    public static TagEntryJson Of(TagDefinition tag) => new(tag.Collection, tag.Name, tag.Slug, tag.Color, tag.Description, tag.OtherValues);
}

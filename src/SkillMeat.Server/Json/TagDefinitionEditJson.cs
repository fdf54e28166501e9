using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>A tag definition to create, or the changes of one: a value that is left out stays as it is, and one that is null is removed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class TagDefinitionEditJson
{
    [JsonIgnore]
    public EntryValues Values { get; } = new();

    /// <summary>The name; of an entry that exists already, the new one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; set; }

    /// <summary>The name in addresses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slug { get => Values["slug"]; set => Values["slug"] = value; }

    /// <summary>The color: #rrggbb, or a name such as slate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Color { get => Values["color"]; set => Values["color"] = value; }

    /// <summary>The description.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get => Values["description"]; set => Values["description"] = value; }

    /// <summary>The position in the list, from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Position { get; set; }
}

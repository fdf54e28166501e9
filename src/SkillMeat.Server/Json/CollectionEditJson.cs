using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The changes of a collection. A value that is left out stays as it is, and a description that is null is removed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class CollectionEditJson
{
    private string? _description;

    /// <summary>The new name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description
    {
        get => _description;
        set => (_description, HasDescription) = (value, true);
    }

    /// <summary>True makes it the active one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsActive { get; set; }

    [JsonIgnore]
    public bool HasDescription { get; private set; }
}

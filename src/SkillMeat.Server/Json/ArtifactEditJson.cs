using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The changes of the details of an artifact. A value that is left out stays as it is, and one that is null is removed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ArtifactEditJson
{
    private IReadOnlyList<string>? _tags;

    [JsonIgnore]
    public EntryValues Values { get; } = new();

    /// <summary>The title.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get => Values["title"]; set => Values["title"] = value; }

    /// <summary>The description.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get => Values["description"]; set => Values["description"] = value; }

    /// <summary>The author.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Author { get => Values["author"]; set => Values["author"] = value; }

    /// <summary>The licence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? License { get => Values["license"]; set => Values["license"] = value; }

    /// <summary>The category.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Category { get => Values["category"]; set => Values["category"] = value; }

    /// <summary>All tags, in their order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags
    {
        get => _tags;
        set => (_tags, HasTags) = (value, true);
    }

    [JsonIgnore]
    public bool HasTags { get; private set; }

    /// <summary>The tags to add.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AddTags { get; set; }

    /// <summary>The tags to remove.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RemoveTags { get; set; }
}

using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>An MCP server to create, or the changes of one: a value that is left out stays as it is, and one that is null is removed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class McpServerEditJson
{
    [JsonIgnore]
    public EntryValues Values { get; } = new();

    /// <summary>The name; of an entry that exists already, the new one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; set; }

    /// <summary>The repository.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Repo { get => Values["repo"]; set => Values["repo"] = value; }

    /// <summary>The version to follow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get => Values["version"]; set => Values["version"] = value; }

    /// <summary>The description.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get => Values["description"]; set => Values["description"] = value; }

    /// <summary>The environment variables. One that is left out stays as it is, one that is null is removed, and the mask of a value that is not shown keeps it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string?>? EnvVars { get; set; }

    /// <summary>The position in the list, from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Position { get; set; }
}

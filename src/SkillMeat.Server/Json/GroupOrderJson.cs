using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The order of the groups. Without names, it is an edit of a group that is named as this address ends.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class GroupOrderJson : GroupEditJson
{
    /// <summary>The groups that come first, in this order. The others follow as they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Names { get; set; }
}

using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The artifacts and fields of a refresh, and the options of its mode, as <c>skm collection refresh</c> and <c>skm update</c> take them. Without artifacts, type, name and group, all are meant.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RefreshRequestJson(
    IReadOnlyList<string>? Artifacts,
    IReadOnlyList<string>? Fields,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Strategy = null,
    string? Mode = null,
    bool? DryRun = null,
    string? Type = null,
    string? Name = null,
    string? Group = null,
    IReadOnlyList<string>? Projects = null,
    IReadOnlyList<string>? Profiles = null,
    string? ResolveWith = null,
    bool? RemoveDeleted = null,
    bool? Clean = null);

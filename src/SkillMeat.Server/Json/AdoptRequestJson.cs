using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The options of an adoption, as <c>skm adopt</c> has them. Projects must be named.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdoptRequestJson(
    IReadOnlyList<string>? Projects = null,
    IReadOnlyList<string>? Artifacts = null,
    string? Type = null,
    string? Collection = null,
    string? Profile = null,
    bool? User = null,
    bool? SkipPlugins = null,
    bool? DryRun = null,
    bool? Online = null);

using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Replaced contents to write back into a project, as <c>skm project restore</c> takes them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RestoreCopiesRequestJson(
    IReadOnlyList<string>? Artifacts = null,
    bool? All = null,
    DateTimeOffset? ReplacedAt = null,
    bool? Force = null,
    bool? DryRun = null);

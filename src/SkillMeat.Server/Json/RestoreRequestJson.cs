using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The options of a restore. Without artifacts, the whole collection is restored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RestoreRequestJson(bool? DryRun = null, IReadOnlyList<string>? Artifacts = null);

using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The options of writing a project's <c>skillmeat.toml</c>, as <c>skm project export</c> has them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ProjectExportRequestJson(bool? Prune = null, bool? DryRun = null);

using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The options of an installation of a project's <c>skillmeat.toml</c>, as <c>skm project install</c> has them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ProjectInstallRequestJson(string? Collection = null, bool? Activate = null, bool? Link = null, bool? Force = null, bool? DryRun = null);

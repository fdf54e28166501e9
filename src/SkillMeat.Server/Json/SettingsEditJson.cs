using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The changes of settings. A value that is left out stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SettingsEditJson(string? ActiveCollection = null, string? UpdateStrategy = null, int? KeepAutomaticSnapshots = null, int? MarketplaceHours = null);

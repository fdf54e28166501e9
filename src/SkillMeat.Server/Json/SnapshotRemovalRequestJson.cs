using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Snapshots to remove: named ones, or automatic ones but for the newest, or from before a time.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SnapshotRemovalRequestJson(IReadOnlyList<string>? Snapshots = null, int? KeepLast = null, DateTimeOffset? Before = null, bool? DryRun = null);

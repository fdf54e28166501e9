using System.Text.Json.Serialization;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Server.Json;

/// <summary>The options of a sync, as <c>skm sync</c> has them. Without projects, all registered ones are meant.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SyncRequestJson(
    SyncDirection? Direction = null,
    IReadOnlyList<string>? Projects = null,
    IReadOnlyList<string>? Artifacts = null,
    SyncStrategy? Strategy = null,
    string? Type = null,
    string? Collection = null,
    string? Profile = null,
    string? ResolveWith = null,
    string? ForkName = null,
    bool? User = null,
    bool? DryRun = null,
    string? Group = null);

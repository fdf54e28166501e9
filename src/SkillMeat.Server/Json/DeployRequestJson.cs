using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Artifacts to deploy into a project, or to remove there, as <c>skm deploy</c> and <c>skm undeploy</c> take them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DeployRequestJson(
    IReadOnlyList<string>? Artifacts = null,
    bool? All = null,
    string? Group = null,
    string? Type = null,
    string? Collection = null,
    string? Profile = null,
    IReadOnlyList<string>? Profiles = null,
    bool? Link = null,
    bool? Activate = null,
    bool? Force = null,
    bool? DryRun = null);

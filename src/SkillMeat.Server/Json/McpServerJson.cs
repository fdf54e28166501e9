using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>An MCP server, as part of a collection.</summary>
internal sealed record McpServerJson(
    string? Name,
    string? Repo,
    string? Version,
    string? Description,
    KeyValues EnvVars,
    string? Status,
    DateTimeOffset? InstalledAt,
    DateTimeOffset? LastUpdated,
    string? ResolvedSha,
    string? ResolvedVersion,
    KeyValues OtherValues)
{
    public static McpServerJson Of(McpServer server) => new(
        server.Name, server.Repo, server.Version, server.Description, server.EnvVars, server.Status, server.InstalledAt, server.LastUpdated, server.ResolvedSha,
        server.ResolvedVersion, server.OtherValues);
}

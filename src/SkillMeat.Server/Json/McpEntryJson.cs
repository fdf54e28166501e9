using System.Globalization;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>An MCP server in its collection, as <c>skm mcp</c> prints it. Values that may be secret are masked unless they are asked for.</summary>
internal sealed record McpEntryJson(
    string? Collection,
    string? Name,
    string? Repo,
    string? Version,
    string? Description,
    IReadOnlyDictionary<string, string?> EnvVars,
    string? Status,
    DateTimeOffset? InstalledAt,
    DateTimeOffset? LastUpdated,
    string? ResolvedSha,
    string? ResolvedVersion,
    KeyValues? OtherValues)
{
    public static McpEntryJson Of(McpServer server, bool showsValues) => new(
        server.Collection,
        server.Name,
        server.Repo,
        server.Version,
        server.Description,
        server.EnvVars.ToDictionary(pair => pair.Key, pair => showsValues ? Convert.ToString(pair.Value, CultureInfo.InvariantCulture) : McpServer.Mask),
        server.Status,
        server.InstalledAt,
        server.LastUpdated,
        server.ResolvedSha,
        server.ResolvedVersion,
        showsValues ? server.OtherValues : null);
}

using System.Text.Json;

namespace SkillMeat.Projects.Activation;

/// <summary>A part of Claude Code's settings that an artifact needs: a group of hooks of an event, or a server.</summary>
/// <param name="Container">The names of the objects on the way, and of the object or array that the part belongs to: <c>hooks</c> and the event, or <c>mcpServers</c>.</param>
/// <param name="Name">The name of a member; null for an element of an array.</param>
/// <param name="Value">The value.</param>
internal sealed record Fragment(IReadOnlyList<string> Container, string? Name, JsonElement Value)
{
    /// <summary>The commands and addresses that it allows Claude Code to run, for a person to look at.</summary>
    public IEnumerable<string> Commands => CommandsIn(Value);

    private static IEnumerable<string> CommandsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(CommandsIn),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => CommandsIn(value, member)),
        _ => [],
    };

    // A server can also have a helper that is run for its headers.
    private static IEnumerable<string> CommandsIn(JsonElement owner, JsonProperty member) => member switch
    {
        { Name: "command", Value.ValueKind: JsonValueKind.String } => [string.Join(' ', ArgumentsOf(owner).Prepend(member.Value.GetString()))],
        { Name: "url" or "headersHelper", Value.ValueKind: JsonValueKind.String } => [member.Value.GetString()!],
        _ => CommandsIn(member.Value),
    };

    private static IEnumerable<string?> ArgumentsOf(JsonElement owner) =>
        owner.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array ? args.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()) : [];
}

using System.Text.Json;
using SkillMeat.Collections;

namespace SkillMeat.Artifacts;

/// <summary>Recognizes hooks and MCP servers in JSON of any name: at the top, as in the file of a plugin, or in the plugins of a marketplace.</summary>
internal static class SettingsJson
{
    private const string Plugins = "plugins";
    private const string Source = "source";

    /// <summary>Returns the objects that can have the key of hooks or servers: the whole file, or else the plugins of a marketplace that lie beside it.</summary>
    /// <param name="root">The file.</param>
    /// <param name="key">The key.</param>
    /// <returns>The objects, each with the folder of its plugin; null for the file itself.</returns>
    public static IEnumerable<(JsonElement Owner, string? Folder)> FindOwners(JsonElement root, string key)
    {
        if (root.ValueKind != JsonValueKind.Object) return [];
        if (HasObject(root, key)) return [(root, null)];
        if (!root.TryGetProperty(Plugins, out var plugins) || plugins.ValueKind != JsonValueKind.Array) return [];
        var above = root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("pluginRoot", out var named) && named.ValueKind == JsonValueKind.String
            ? named.GetString()! + "/"
            : "";
        return plugins.EnumerateArray()
            .Where(plugin => plugin.ValueKind == JsonValueKind.Object && HasObject(plugin, key) && plugin.TryGetProperty(Source, out var source) && source.ValueKind == JsonValueKind.String)
            .Select(plugin => (plugin, (string?)(above + plugin.GetProperty(Source).GetString())));
    }

    /// <summary>Returns the type whose settings a text has, if it has those of only one: groups of hooks by event, or servers with a command or an address. Null for anything else.</summary>
    public static ArtifactType? FindType(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return new[] { ArtifactType.Hook, ArtifactType.Mcp }.Where(type => FindOwners(json.RootElement, type.SettingsKey!).Any(one => Fits(one.Owner.GetProperty(type.SettingsKey!), type))).ToList() is [var only] ? only : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Other programs have such keys, too.
    private static bool Fits(JsonElement settings, ArtifactType type) => settings.EnumerateObject().Any() && settings.EnumerateObject().All(one => type == ArtifactType.Hook
        ? one.Value.ValueKind == JsonValueKind.Array && one.Value.EnumerateArray().All(group => group.ValueKind == JsonValueKind.Object && group.TryGetProperty("hooks", out var hooks) && hooks.ValueKind == JsonValueKind.Array)
        : one.Value.ValueKind == JsonValueKind.Object && (one.Value.TryGetProperty("command", out _) || one.Value.TryGetProperty("url", out _)));

    private static bool HasObject(JsonElement owner, string key) => owner.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object;
}

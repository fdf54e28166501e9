using System.Text.Json;
using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Browsing;

/// <summary>
/// Reads the files that describe plugins and marketplaces: <c>.claude-plugin/plugin.json</c> and <c>.claude-plugin/marketplace.json</c>. They can name the paths of artifacts that no
/// folder of the usual name contains. Hooks and servers can also be written in the file of a plugin itself.
/// </summary>
internal static class PluginFiles
{
    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly IReadOnlyList<(string Key, ArtifactType Type)> _keys =
        [("skills", ArtifactType.Skill), ("commands", ArtifactType.Command), ("agents", ArtifactType.Agent), ("hooks", ArtifactType.Hook), ("mcpServers", ArtifactType.Mcp)];

    /// <summary>Whether a file describes a plugin or a marketplace.</summary>
    public static bool IsOne(string path) => TreePath.LastPart(path) is PluginLayout.Plugin or PluginLayout.Marketplace && TreePath.LastPart(TreePath.Parent(path)) == PluginLayout.Folder;

    /// <summary>Whether a file describes a plugin.</summary>
    public static bool IsPlugin(string path) => IsOne(path) && TreePath.LastPart(path) == PluginLayout.Plugin;

    /// <summary>Returns the folder of the plugin or marketplace that a file describes.</summary>
    public static string RootOf(string path) => TreePath.Parent(TreePath.Parent(path));

    /// <summary>Reads the paths that a file names. A file that cannot be read names none: Claude Code does not load such a plugin, but its folders can be used.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="text">Its text.</param>
    /// <returns>The types and paths, from the root of the repository.</returns>
    public static IReadOnlyList<NamedPath> Read(string path, string text)
    {
        if (text.Length > ArtifactContent.LongestText) return [];
        try
        {
            using var json = JsonDocument.Parse(text, _lenient);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return [];
            var root = RootOf(path);
            return [.. IsPlugin(path) ? OfPlugin(json.RootElement, root).Select(one => one with { IsNamedInPlugin = true }) : OfMarketplace(json.RootElement, root), .. WrittenIn(path, json.RootElement, root)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it with half a surrogate pair.
            return [];
        }
    }

    // A plugin that lies in another repository names nothing here.
    private static IEnumerable<NamedPath> OfMarketplace(JsonElement marketplace, string root)
    {
        if (!marketplace.TryGetProperty("plugins", out var plugins) || plugins.ValueKind != JsonValueKind.Array) return [];
        var above = marketplace.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("pluginRoot", out var named) && named.ValueKind == JsonValueKind.String
            ? Join(root, named.GetString()!)
            : root;
        return plugins.EnumerateArray().Where(plugin => plugin.ValueKind == JsonValueKind.Object).SelectMany(plugin =>
            plugin.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.String && above is not null && Join(above, source.GetString()!) is { } folder ? OfPlugin(plugin, folder) : []);
    }

    /// <summary>Returns the paths that a plugin names, in its own file or in the entry of a marketplace.</summary>
    /// <param name="plugin">The JSON object.</param>
    /// <param name="root">The folder of the plugin.</param>
    /// <exception cref="InvalidOperationException">A text in it has half a surrogate pair.</exception>
    public static IEnumerable<NamedPath> OfPlugin(JsonElement plugin, string root) => _keys.SelectMany(one =>
        plugin.TryGetProperty(one.Key, out var value) ? Texts(value).Select(text => Join(root, text)).OfType<string>().Select(path => new NamedPath(one.Type, path, root)) : []);

    // Settings written in the file itself need no more than the folder of the file, unless its commands use other files of the plugin. Those of a marketplace are one artifact: there is one file.
    private static IEnumerable<NamedPath> WrittenIn(string path, JsonElement file, string root)
    {
        foreach (var (key, type) in _keys.Where(one => one.Type.SettingsKey is not null))
        {
            var written = SettingsJson.FindOwners(file, key).Select(one => one.Owner.GetProperty(key).GetRawText()).ToList();
            if (written.Count > 0) yield return new NamedPath(type, path, written.Exists(SettingsFile.NeedsPlugin) ? root : TreePath.Parent(path));
        }
    }

    // Commands can be an object of commands, each with its file.
    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Object && one.Value.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.String)
            .Select(one => one.Value.GetProperty("source").GetString()!),
        _ => [],
    };

    /// <summary>Joins the path of a folder and one in it; null for a path that leaves the repository, or is no path in it.</summary>
    public static string? Join(string root, string path)
    {
        if (path.Length == 0 || path[0] is '/' or '\\' or '~' || path.Contains(':', StringComparison.Ordinal) || path.Any(char.IsControl)) return null;
        var parts = root.Length == 0 ? [] : root.Split('/').ToList();
        foreach (var part in path.Replace("${CLAUDE_PLUGIN_ROOT}/", "", StringComparison.Ordinal).Split('/', '\\').Where(part => part is not ("" or ".")))
        {
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else return null;
        }

        return string.Join('/', parts);
    }
}

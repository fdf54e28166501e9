using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Artifacts;

/// <summary>Finds the files with hooks or servers in an artifact that is a whole plugin, because their commands use its files.</summary>
internal static class PluginSettings
{
    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Returns the files of an artifact of a type.</summary>
    /// <param name="type">The type, which has a key.</param>
    /// <param name="usual">The file by whose name, or whose content at the top of the folder, it is an artifact; null if there is none.</param>
    /// <param name="read">Reads a file by its path in the folder. Null if there is none, or it is no small file.</param>
    /// <returns>The paths in the folder, the one that describes the artifact first.</returns>
    public static IReadOnlyList<string> Find(ArtifactType type, string? usual, Func<string, string?> read)
    {
        var key = type.SettingsKey!;
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        // The plugin's files for Claude Code come before a file that has such a key by chance.
        var named = Read(PluginLayout.Files[0]) is { } plugin ? NamedIn(plugin, key) : [];
        var own = PluginLayout.Files.Concat(named).Concat(type == ArtifactType.Hook ? [PluginLayout.HooksPath] : []).Where(IsUsed).Distinct(StringComparer.Ordinal).ToList();
        if (own.Count > 0) return usual is not null && !own.Contains(usual) && IsSettings(usual) && (type.ManifestFiles.Contains(usual) || IsUsed(usual)) ? [usual, .. own] : own;
        if (usual is not null) return [usual];
        return type == ArtifactType.Hook && IsSettings(PluginLayout.HooksPath) ? [PluginLayout.HooksPath] : [];

        string? Read(string path) => texts.TryGetValue(path, out var known) ? known : texts[path] = read(path)?.TrimStart('\uFEFF');

        bool IsSettings(string path) => Read(path) is { } text && ArtifactJson.Describe(text, key, out var isThere) is null && isThere;

        bool IsUsed(string path) => IsSettings(path) && NeedsPlugin(path, Read(path)!, key);
    }

    /// <summary>Returns the folder of the plugin of a file that is called as in a plugin, and lies in a folder of it; null for another file.</summary>
    /// <param name="type">The type.</param>
    /// <param name="file">The path of the file in a repository.</param>
    public static string? FindPlugin(ArtifactType type, string file)
    {
        if (type != ArtifactType.Hook || !$"/{file}".EndsWith($"/{PluginLayout.HooksPath}", StringComparison.Ordinal)) return null;
        var plugin = TreePath.Parent(TreePath.Parent(file));
        return TreePath.LastPart(plugin).StartsWith('.') ? null : plugin;
    }

    /// <summary>Whether the commands in a file of a plugin use files outside of the folder that is taken with it.</summary>
    /// <param name="path">The path of the file in the plugin.</param>
    /// <param name="text">The text of the file.</param>
    /// <param name="key">The key of its type.</param>
    public static bool NeedsPlugin(string path, string text, string key) =>
        TreePath.Parent(path) == PluginLayout.Hooks ? PluginReferences.LeaveHooks(text, key) : PluginReferences.Find(text, key).Count > 0;

    // The paths that the file of a plugin names.
    private static IReadOnlyList<string> NamedIn(string text, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(text, _lenient);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(key, out var value)) return [];
            var paths = (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1)).Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!);
            return [.. paths.Select(path => PluginReferences.Normalize(path.Replace($"${{{PluginLayout.RootVariable}}}/", "", StringComparison.Ordinal))).OfType<string>()
                .Where(path => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}

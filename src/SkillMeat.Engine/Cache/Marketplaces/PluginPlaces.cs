using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>Finds the plugin that an artifact in a repository or folder belongs to.</summary>
internal sealed class PluginPlaces
{
    private readonly Dictionary<string, int> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<(ArtifactType Type, string Path), int> _named = [];

    /// <param name="plugins">The plugins, each with its folder in the repository or folder.</param>
    public PluginPlaces(IReadOnlyList<(MarketplacePlugin Plugin, string Folder)> plugins)
    {
        for (var i = 0; i < plugins.Count; i++)
        {
            var (plugin, folder) = plugins[i];
            // Of several plugins with one folder, the first one has what none of them names.
            if (!plugin.HasOnlyNamed) _folders.TryAdd(folder, i);
            foreach (var named in plugin.Named) _named.TryAdd((named.Type, Join(folder, named.Path)), i);
        }
    }

    /// <summary>Returns the index of the plugin, or null if the artifact is in none.</summary>
    public int? Find(FoundPlace place)
    {
        foreach (var path in new[] { place.ManifestPath, place.Path })
        {
            if (Find(path, above => _named.TryGetValue((place.Type, above), out var plugin) ? plugin : null) is { } named) return named;
        }

        return Find(place.Path, above => _folders.TryGetValue(above, out var plugin) ? plugin : null);
    }

    // The nearest folder decides.
    private static int? Find(string path, Func<string, int?> find)
    {
        for (var above = path; above.Length > 0; above = TreePath.Parent(above))
        {
            if (find(above) is { } found) return found;
        }

        return find("");
    }

    private static string Join(string folder, string path) => folder.Length == 0 ? path : path.Length == 0 ? folder : $"{folder}/{path}";
}

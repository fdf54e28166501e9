using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Projects.Profiles;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Finds where plugins come from, by the marketplaces that Claude Code knows. Not thread-safe.</summary>
internal sealed class PluginSources
{
    private readonly ToolFile _tool;
    private readonly SourceText _sources;
    private readonly Dictionary<string, JsonElement> _marketplaces;
    private readonly Dictionary<string, JsonElement?> _catalogs = new(StringComparer.Ordinal);

    /// <summary>Reads the known marketplaces.</summary>
    public PluginSources(AgentFolders user, ToolFile tool, SourceText sources)
    {
        (_tool, _sources) = (tool, sources);
        var json = tool.Read(Path.GetFullPath(Path.Combine(user.Expand("~/.claude"), "plugins", "known_marketplaces.json")), version: null);
        _marketplaces = ToolFile.Members(json).GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Value, StringComparer.Ordinal);
    }

    /// <summary>Finds the origin of something in a plugin.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="path">The path in its folder, with <c>/</c>; empty for the folder itself.</param>
    public KnownOrigin Find(InstalledPlugin plugin, string path)
    {
        var told = $"It belongs to the plugin '{VisibleText.Line(plugin.Name)}' of Claude Code{(plugin.Marketplace.Length == 0 ? "" : $", from the marketplace '{VisibleText.Line(plugin.Marketplace)}'")}, whose folder stays as it is.";
        var (source, reference, sha) = FindSource(plugin, path);
        var commit = source is { Repository.Kind: not RepositoryKind.Folder } ? plugin.Commit ?? sha : null;
        return new KnownOrigin("claude_plugin", told)
        {
            Told = told,
            Source = source,
            Ref = reference,
            Commit = commit,
            Version = plugin.Version,
            IsOfMarketplace = true,
            // The files in the folder are not known to be those of the commit.
            IsUnmodified = source is null,
        };
    }

    private (SourceSpec? Source, string? Ref, string? Sha) FindSource(InstalledPlugin plugin, string path)
    {
        if (!_marketplaces.TryGetValue(plugin.Marketplace, out var marketplace) || FindEntry(plugin, marketplace) is not { } found) return default;
        var (entry, root) = found;
        if (ToolFile.Find(entry, "source") is not { } source) return default;
        if (source.ValueKind == JsonValueKind.String) return ToolFile.Text(source) is { } folder ? InMarketplace(marketplace, Join(root, folder, path)) : default;
        var (reference, sha) = (ToolFile.Text(source, "ref"), RefSpec.Parse(ToolFile.Text(source, "sha")));
        var repository = ToolFile.Text(source, "source") switch
        {
            "github" => ToolFile.Text(source, "repo"),
            "url" or "git" or "git-subdir" => ToolFile.Text(source, "url"),
            _ => null,
        };
        return repository is null || Join(ToolFile.Text(source, "path") ?? "", path) is not { } below
            ? default
            : (_sources.OfRepository(repository, below, reference), reference, sha.IsFullCommit ? sha.Name : null);
    }

    private (SourceSpec? Source, string? Ref, string? Sha) InMarketplace(JsonElement marketplace, string? path)
    {
        if (path is null || ToolFile.Find(marketplace, "source") is not { } source) return default;
        var reference = ToolFile.Text(source, "ref");
        switch (ToolFile.Text(source, "source"))
        {
            case "github" when ToolFile.Text(source, "repo") is { } repository:
                return (_sources.OfRepository(repository, path, reference), reference, null);
            case "git" or "url" when ToolFile.Text(source, "url") is { } url:
                return (_sources.OfRepository(url, path, reference), reference, null);
            case "directory" when ToolFile.Text(source, "path") is { } folder && Path.IsPathFullyQualified(folder) && Path.GetFullPath(Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar))) is var full && Path.Exists(full):
                return (_sources.OfFolder(Path.TrimEndingDirectorySeparator(full)), null, null);
            default:
                return default;
        }
    }

    // The entry of the plugin in the catalog of its marketplace, and the folder that relative sources start from.
    private (JsonElement Entry, string Root)? FindEntry(InstalledPlugin plugin, JsonElement marketplace)
    {
        if (!_catalogs.TryGetValue(plugin.Marketplace, out var catalog))
        {
            var folder = ToolFile.Text(marketplace, "installLocation");
            _catalogs[plugin.Marketplace] = catalog = folder is null || !Path.IsPathFullyQualified(folder) ? null : _tool.Read(Path.Combine(folder, ".claude-plugin", "marketplace.json"), version: null);
        }

        if (catalog is not { } json || ToolFile.Find(json, "plugins") is not { ValueKind: JsonValueKind.Array } plugins) return null;
        var root = ToolFile.Find(json, "metadata") is { } metadata ? ToolFile.Text(metadata, "pluginRoot") ?? "" : "";
        foreach (var entry in plugins.EnumerateArray().Where(entry => ToolFile.Text(entry, "name") == plugin.Name)) return (entry, root);
        return null;
    }

    // Null for a path that leaves the repository.
    private static string? Join(params string[] paths)
    {
        var parts = paths.SelectMany(path => path.Replace('\\', '/').Split('/')).Where(part => part is not ("" or ".")).ToList();
        return parts.Contains("..") ? null : string.Join('/', parts);
    }
}

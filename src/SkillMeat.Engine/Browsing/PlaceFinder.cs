using SkillMeat.Artifacts;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>
/// Finds the places of artifacts in a list of files: folders with the manifest file of a type, wherever they are, and Markdown files below a folder <c>commands</c> or
/// <c>agents</c>.
/// </summary>
internal sealed class PlaceFinder
{
    // Markdown files in them describe the project, or stand for others.
    private static readonly IReadOnlyList<string> _otherFolders = ["docs", "doc", "test", "tests", "__tests__", "node_modules"];

    private static readonly HashSet<string> _containers = ArtifactType.All.Select(type => type.Container).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _files;
    private readonly HashSet<string> _links;
    private readonly HashSet<string> _plugins;
    private readonly HashSet<string> _skills;
    private readonly string _root;
    private readonly string _rootName;

    /// <param name="items">The list.</param>
    /// <param name="root">The folder to which the search is limited. Empty for everything.</param>
    /// <param name="rootName">The name of the repository or folder.</param>
    public PlaceFinder(IReadOnlyList<TreeItem> items, string root, string rootName)
    {
        _root = root;
        _rootName = rootName;
        _links = items.Where(item => item.IsLink).Select(item => item.Path).ToHashSet(StringComparer.Ordinal);
        // A link to a file stands for the file, and is read as it. The name of a linked folder does not end like that of a file.
        _files = items.Where(item => !item.IsFolder && IsInRoot(item.Path) && !IsWithin(item.Path, _links)).Select(item => item.Path).Order(StringComparer.Ordinal).ToList();
        _plugins = items.Where(item => PluginFiles.IsPlugin(item.Path)).Select(item => PluginFiles.RootOf(item.Path)).ToHashSet(StringComparer.Ordinal);
        _skills = _files.Where(file => TreePath.LastPart(file).Equals("SKILL.md", StringComparison.OrdinalIgnoreCase)).Select(TreePath.Parent).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Creates a finder for a list.</summary>
    /// <param name="listing">The list.</param>
    /// <param name="items">Its files and folders, or what they are when links are followed.</param>
    public static PlaceFinder Of(Listing listing, IReadOnlyList<TreeItem> items) => new(items, listing.Source.Path, listing.RootName);

    /// <summary>Returns the places, by path.</summary>
    public IReadOnlyList<FoundPlace> Find() => FindIn(container: "") is { Count: > 0 } found ? found : FindIn(_rootName);

    /// <summary>Returns the places that are usually left out, by path: in documentation and tests, and in the folders for other agents.</summary>
    public IReadOnlyList<FoundPlace> FindElsewhere() => FindIn(container: "", isElsewhere: true);

    // A repository or folder can be a container itself, such as '~/.claude/commands'. One that has containers is named like one by chance.
    private IReadOnlyList<FoundPlace> FindIn(string container, bool isElsewhere = false)
    {
        var folders = new Dictionary<string, FoundPlace>(StringComparer.Ordinal);
        foreach (var file in _files)
        {
            // The type that comes first describes the folder, whatever else is in it.
            if (FindFolder(file, container, isElsewhere) is { } place && (!folders.TryGetValue(place.Path, out var other) || IsBefore(place, other))) folders[place.Path] = place;
        }

        var outer = folders.Values.Where(place => !IsWithinAnother(place, folders)).ToList();
        var files = _files.Select(file => FindFile(file, container, isElsewhere)).OfType<FoundPlace>().Where(place => !IsWithinAnother(place, folders));
        return [.. outer.Concat(files).OrderBy(place => place.Path, StringComparer.Ordinal).ThenBy(place => place.Type.Name, StringComparer.Ordinal)];
    }

    /// <summary>Returns the places at which plugins say that they have artifacts, by path.</summary>
    public IReadOnlyList<FoundPlace> Find(IReadOnlyList<NamedPath> named)
    {
        // A hostile plugin can name a hundred thousand paths, so each file is looked up among them instead of each path among the files.
        var byPath = named.DistinctBy(one => (one.Type, one.Path, one.Path == one.Plugin)).Select((one, order) => (Named: one, Order: order)).ToLookup(one => one.Named.Path, StringComparer.Ordinal);
        return [.. _files.SelectMany(file => SelfAndAbove(file).SelectMany(path => byPath[path]).Select(one => (Place: FindAt(one.Named, file), one.Order)))
            .Where(one => one.Place is not null).OrderBy(one => one.Order).Select(one => one.Place!)
            .DistinctBy(place => (place.Type.IsFolder ? place.Type : null, place.Path)).OrderBy(place => place.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> SelfAndAbove(string file)
    {
        for (var path = file; path.Length > 0; path = TreePath.Parent(path)) yield return path;
        yield return "";
    }

    private FoundPlace? FindAt(NamedPath named, string file)
    {
        if (!named.Type.IsFolder) return IsMarkdown(file) && (file == named.Path || IsFileOf(named, file)) ? new FoundPlace(named.Type, file, file) : null;
        // Hooks and servers are named by their file.
        if (!named.Type.NeedsManifestFile)
        {
            // The root has everything else too, so that a file there is taken alone as far as that is possible.
            var place = PluginFiles.IsOne(file) ? named.Plugin : TreePath.Parent(file) is { Length: > 0 } above ? above : file;
            var plugin = named.IsNamedInPlugin && !PluginFiles.IsOne(file) && TreePath.Parent(file) != named.Plugin && IsAtOrBelowRoot(named.Plugin) ? named.Plugin : FindPlugin(named.Type, file);
            return file == named.Path && file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? new FoundPlace(named.Type, place, file) { Plugin = plugin } : null;
        }

        // A folder of skills, or one itself.
        var folder = TreePath.Parent(file);
        return named.Type.ManifestFiles.Contains(TreePath.LastPart(file), StringComparer.OrdinalIgnoreCase) && (folder == named.Path || (folder.Length > 0 && TreePath.Parent(folder) == named.Path))
            ? new FoundPlace(named.Type, folder, file)
            : null;
    }

    // The root of a plugin has other files below it.
    private bool IsFileOf(NamedPath named, string file)
    {
        if (IsReadme(file)) return false;
        var folder = TreePath.Parent(file);
        return folder == named.Path || (named.Path != named.Plugin && file.StartsWith(named.Path + "/", StringComparison.Ordinal) && !IsWithin(file, _skills, named.Path));
    }

    private FoundPlace? FindFolder(string path, string rootContainer, bool isElsewhere)
    {
        var (folder, name) = (TreePath.Parent(path), TreePath.LastPart(path));
        if (ArtifactType.All.FirstOrDefault(type => type.IsFolder && type.ManifestFiles.Contains(name, StringComparer.OrdinalIgnoreCase)) is not { Container: { } container } type) return null;
        var parts = folder.Split('/');
        // Skills with other letters in their file's name can be added, too. Elsewhere, 'skill.md' and 'plugin.md' are pages of a manual.
        if (!type.ManifestFiles.Contains(name, StringComparer.Ordinal) && !(type == ArtifactType.Skill && parts.SkipLast(1).Prepend(rootContainer).Contains(container, StringComparer.OrdinalIgnoreCase))) return null;
        // A container is no artifact: a file of that name in it is an index or a template, or a command of that name. But a skill can be called as another container.
        var isCalledSo = parts.Length > 1 && IsSame(parts[^2], container) && !IsSame(parts[^1], container) && type.ManifestFiles.Contains(name, StringComparer.Ordinal);
        if (type.NeedsManifestFile && _containers.Contains(parts[^1]) && !isCalledSo) return null;
        if (IsElsewhere(folder, container) && !(isElsewhere && !IsInPackages(folder))) return null;
        // Many folders have settings, and a server that a project uses. Those that are made for others lie in a folder of that name, or in a plugin.
        var (own, above) = (folder.Length == 0 ? rootContainer : parts[^1], parts.Length > 1 ? parts[^2] : folder.Length == 0 ? "" : rootContainer);
        var isMadeForOthers = type.NeedsManifestFile || IsSame(own, container) || IsSame(above, container) || (type == ArtifactType.Mcp && folder.Length > 0 && _plugins.Contains(folder));
        return isMadeForOthers ? new FoundPlace(type, folder, path) { Plugin = FindPlugin(type, path) } : null;
    }

    // The settings of a user lie in such folders, too, and are no plugin.
    private string? FindPlugin(ArtifactType type, string file) => PluginSettings.FindPlugin(type, file) is { } plugin && IsAtOrBelowRoot(plugin) && !(plugin.Length == 0 && _rootName.StartsWith('.')) ? plugin : null;

    private bool IsAtOrBelowRoot(string folder) => folder == _root || _root.Length == 0 || folder.StartsWith(_root + "/", StringComparison.Ordinal);

    private FoundPlace? FindFile(string path, string rootContainer, bool isElsewhere)
    {
        var name = TreePath.LastPart(path);
        if (!IsMarkdown(name) || IsReadme(name)) return null;
        var folder = TreePath.Parent(path);
        if (folder.Split('/').Prepend(rootContainer).Select(TypeIn).LastOrDefault(one => one is not null) is not { Container: { } container } type) return null;
        // A page of a manual about a command is no command, whatever else is there.
        if (IsElsewhere(folder, container) && (!isElsewhere || IsInPackages(folder) || (type == ArtifactType.Command && folder.Split('/').Any(_otherFolders.Contains)))) return null;
        return new FoundPlace(type, path, path);
    }

    private static ArtifactType? TypeIn(string container) => ArtifactType.All.FirstOrDefault(type => !type.IsFolder && type.Container is not null && IsSame(type.Container, container));

    private static bool IsSame(string name, string container) => name.Equals(container, StringComparison.OrdinalIgnoreCase);

    private static bool IsInPackages(string folder) => folder.Split('/').Contains("node_modules", StringComparer.Ordinal);

    // Within a container, a folder of any name groups artifacts. A plugin and a skill can have any name.
    private bool IsElsewhere(string folder, string container)
    {
        var parts = folder.Split('/');
        var at = Array.FindLastIndex(parts, part => IsSame(part, container));
        var above = string.Join('/', at < 0 ? parts : parts.Take(at));
        if (OtherAgents.IsMirror(above, _root)) return true;
        var names = above.Split('/').Except(_root.Split('/')).ToList();
        return names.Exists(part => _otherFolders.Contains(part)) && !_plugins.Contains(above) && !(at < 0 && _otherFolders.Contains(names[^1]) && names.Count(part => _otherFolders.Contains(part)) == 1);
    }

    private static bool IsMarkdown(string path) => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    private static bool IsReadme(string path) => TreePath.LastPart(path).Equals("README.md", StringComparison.OrdinalIgnoreCase);

    private bool IsInRoot(string path) => _root.Length == 0 || path.StartsWith(_root + "/", StringComparison.Ordinal) || path == _root;

    private static bool IsBefore(FoundPlace one, FoundPlace other) =>
        (IndexOf(one.Type), IndexOf(one)).CompareTo((IndexOf(other.Type), IndexOf(other))) < 0;

    private static int IndexOf(ArtifactType type) => Array.IndexOf([ArtifactType.Skill, ArtifactType.Workflow, ArtifactType.Composite, ArtifactType.Mcp, ArtifactType.Hook], type);

    private static int IndexOf(FoundPlace place) => place.Type.ManifestFiles.ToList().IndexOf(TreePath.LastPart(place.ManifestPath));

    // A folder or file within an artifact belongs to it, unless it is in a container of its own, and the artifact in none: a plugin can be a skill or have a server, and have others. The commands and
    // agents in a skill that is no plugin are its own.
    private bool IsWithinAnother(FoundPlace place, Dictionary<string, FoundPlace> all)
    {
        for (var above = place.Path; above.Length > 0;)
        {
            above = TreePath.Parent(above);
            if (!all.TryGetValue(above, out var outer)) continue;
            var between = place.Path[(above.Length == 0 ? 0 : above.Length + 1)..].Split('/');
            var isInContainer = above.Split('/').Contains(outer.Type.Container, StringComparer.OrdinalIgnoreCase);
            // A server or hooks take part of a plugin, and a plugin can lie in a folder 'mcp'.
            if (!outer.Type.NeedsManifestFile && (!isInContainer || _plugins.Contains(above))) continue;
            var mayHaveOthers = !isInContainer && (place.Type.IsFolder || _plugins.Contains(above));
            if (!mayHaveOthers || !between.Contains(place.Type.Container, StringComparer.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool IsWithin(string path, HashSet<string> folders, string below = "")
    {
        for (var above = TreePath.Parent(path); above.Length > below.Length; above = TreePath.Parent(above))
        {
            if (folders.Contains(above)) return true;
        }

        return false;
    }
}

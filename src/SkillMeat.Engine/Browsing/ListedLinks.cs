using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Browsing;

/// <summary>The list of a repository's files in which links stand for the files and folders that they lead to.</summary>
/// <remarks>The target of a link is its content, so it is read like a file. Only links that can lead to an artifact are.</remarks>
internal sealed class ListedLinks
{
    // Reading the targets costs one request for hundreds of them. Nobody makes more by hand.
    private const int MostLinks = 1000;
    private const int MostItems = 200_000;

    private static readonly HashSet<string> _containers = ArtifactType.All.Select(type => type.Container).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> _manifests = ArtifactType.All.SelectMany(type => type.ManifestFiles).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyDictionary<string, string> _texts;
    private readonly Dictionary<string, TreeItem> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> _links = [];

    /// <param name="listing">The list.</param>
    /// <param name="texts">The targets as they were read, by the paths of the links.</param>
    public ListedLinks(Listing listing, IReadOnlyDictionary<string, string> texts)
    {
        _texts = texts;
        Items = listing.Items;
        if (texts.Count == 0) return;
        foreach (var item in listing.Items) _byPath[item.Path] = item;
        _links = listing.Items.Where(item => item.IsLink).Select(item => item.Path).ToHashSet(StringComparer.Ordinal);
        Items = Expand(listing.Items);
    }

    /// <summary>The files and folders, with those that links to folders lead to at the paths of the links. Links that lead to nothing in the repository are absent.</summary>
    public IReadOnlyList<TreeItem> Items { get; }

    /// <summary>Returns the paths of the links in a repository that can be artifacts, or lead to some.</summary>
    public static IReadOnlyList<string> FindLinks(Listing listing) => listing.Source.Repository.Kind == RepositoryKind.Folder
        ? []
        : [.. listing.Items.Where(item => item.IsLink && LinkPath.IsIn(item.Path, listing.Source.Path) && MayLeadToArtifact(item.Path)).Select(item => item.Path).Take(MostLinks)];

    /// <summary>Returns the path in the repository of a file or folder that may be reached through a link.</summary>
    /// <param name="path">The path in the list.</param>
    public string Resolve(string path) => Find(path) is { } item ? item.Path : path;

    /// <summary>Returns the file or folder at a path that may be reached through a link, or null if it is not known.</summary>
    /// <param name="path">The path in the list.</param>
    public TreeItem? Find(string path)
    {
        for (var links = 0; links <= LinkPath.MostLinks; links++)
        {
            if (FirstLink(path) is not { } link) return _byPath.TryGetValue(path, out var item) ? item : null;
            if (!_texts.TryGetValue(link, out var target) || LinkPath.Resolve(link, target, path[link.Length..].TrimStart('/')) is not { } next) return null;
            path = next;
        }

        return null;
    }

    /// <summary>Whether a path is a link, or is reached through one.</summary>
    public bool IsLinked(string path) => FirstLink(path) is not null;

    private static bool MayLeadToArtifact(string path) => path.Split('/').Any(_containers.Contains) || _manifests.Contains(TreePath.LastPart(path)) || TreePath.LastPart(path) is ".claude" or ".agents";

    private List<TreeItem> Expand(IReadOnlyList<TreeItem> items)
    {
        var folders = new List<(string Link, TreeItem Folder)>();
        var expanded = new List<TreeItem>(items.Count);
        foreach (var item in items)
        {
            var target = item.IsLink && _texts.ContainsKey(item.Path) ? Find(item.Path) : item;
            if (target is not { } found) continue;
            if (!item.IsLink || !found.IsFolder) expanded.Add(item);
            // A folder that contains the link would contain itself.
            else if (!LinkPath.IsIn(item.Path, found.Path)) folders.Add((item.Path, found));
        }

        foreach (var (link, folder) in folders)
        {
            if (expanded.Count > MostItems) break;
            expanded.Add(folder with { Path = link });
            expanded.AddRange(items.Where(item => !item.IsLink && item.Path.Length > folder.Path.Length && LinkPath.IsIn(item.Path, folder.Path))
                .Select(item => item with { Path = LinkPath.Join(link, item.Path[folder.Path.Length..].TrimStart('/')) }));
        }

        return expanded;
    }

    private string? FirstLink(string path)
    {
        if (_links.Count == 0) return null;
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var above = end < 0 ? path : path[..end];
            if (_links.Contains(above)) return above;
            if (end < 0) return null;
        }
    }
}

using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>The files that have to be read to find and describe the artifacts in a list of files, as far as the list alone tells them.</summary>
internal static class LikelyFiles
{
    /// <summary>Returns the questions: about the links that can lead to artifacts, the files that describe artifacts, and those that describe plugins.</summary>
    /// <param name="listing">The list.</param>
    /// <param name="places">The places in it.</param>
    public static IEnumerable<FileQuestion> Of(Listing listing, IReadOnlyList<FoundPlace> places)
    {
        var links = ListedLinks.FindLinks(listing);
        var isLink = listing.Items.Where(item => item.IsLink).Select(item => item.Path).ToHashSet(StringComparer.Ordinal);
        // The text of a link to a file is the path of that file, which is read as a link.
        var files = places.Select(place => place.ManifestPath).Concat(FindPlugins(listing.Items)).Where(path => !isLink.Contains(path));
        return links.Select(link => Ask(listing, link, isWhole: true)).Concat(files.Select(path => Ask(listing, path)));
    }

    /// <summary>Returns the question about a file that describes an artifact or a plugin.</summary>
    public static FileQuestion Ask(Listing listing, string path) => Ask(listing, path, isWhole: !path.EndsWith(".md", StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the question about a file.</summary>
    public static FileQuestion Ask(Listing listing, string path, bool isWhole) => new(listing.Source.Repository, listing.Commit, [path]) { IsWhole = isWhole };

    /// <summary>Returns the paths of the files that describe plugins and marketplaces.</summary>
    public static IEnumerable<string> FindPlugins(IReadOnlyList<TreeItem> items) => items.Where(item => !item.IsFolder && PluginFiles.IsOne(item.Path)).Select(item => item.Path);
}

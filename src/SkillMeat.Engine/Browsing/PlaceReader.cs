using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Browsing;

/// <summary>
/// Finds the artifacts in lists of files: reads the files that describe them, and leaves out the places that are none. The files of plugins are read in the same batch; a second one is only
/// needed for places that they alone name.
/// </summary>
internal sealed class PlaceReader(IUpstreamProvider provider)
{
    /// <summary>Finds artifacts.</summary>
    /// <param name="listings">The lists.</param>
    /// <param name="types">The types. Empty for all.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The artifacts, by list and path, each place once.</returns>
    public async Task<IReadOnlyList<DescribedPlace>> FindAsync(IReadOnlyList<Listing> listings, IReadOnlyList<ArtifactType> types, CancellationToken cancellationToken)
    {
        var links = await ReadLinksAsync(listings, cancellationToken).ConfigureAwait(false);
        var finders = listings.Select(listing => (Listing: listing, Finder: new PlaceFinder(links[listing].Items, listing.Source.Path, listing.RootName))).ToList();
        var places = finders.SelectMany(one => one.Finder.Find().Select(place => (one.Listing, Place: place))).ToList();
        var plugins = finders.SelectMany(one => links[one.Listing].Items.Where(item => !item.IsFolder && PluginFiles.IsOne(item.Path)).Select(item => (one.Listing, one.Finder, item.Path))).ToList();
        var files = await ReadAsync([.. places.Select(one => (one.Listing, one.Place.ManifestPath)), .. plugins.Select(one => (one.Listing, one.Path))], links, cancellationToken).ConfigureAwait(false);

        var named = plugins.Zip(files.Skip(places.Count), (plugin, file) => (plugin.Listing, plugin.Finder, Paths: file.File?.Text is { } text ? PluginFiles.Read(plugin.Path, text) : []))
            .Where(one => one.Paths.Count > 0).GroupBy(one => (one.Listing, one.Finder))
            .SelectMany(group => group.Key.Finder.Find([.. group.SelectMany(one => one.Paths)]).Select(place => (group.Key.Listing, Place: place)))
            .ToList();
        // In documentation, tests and the folders for other agents are copies and examples, but in some repositories everything is there.
        var found = places.Concat(named).Select(one => one.Listing).ToHashSet<Listing>(ReferenceEqualityComparer.Instance);
        named.AddRange(finders.Where(one => !found.Contains(one.Listing)).SelectMany(one => one.Finder.FindElsewhere().Select(place => (one.Listing, Place: place))));
        var known = places.Select(one => (one.Listing, one.Place.Type, one.Place.Path)).ToHashSet();
        var added = named.Where(one => !known.Contains((one.Listing, one.Place.Type, one.Place.Path))).ToList();
        var addedFiles = await ReadAsync([.. added.Select(one => (one.Listing, one.Place.ManifestPath))], links, cancellationToken).ConfigureAwait(false);

        // A single file is what the plugin says, whatever folder it is in.
        var replaced = added.Where(one => !one.Place.Type.IsFolder).Select(one => (one.Listing, one.Place.Path)).ToHashSet();
        var order = listings.Select((listing, i) => (listing, i)).ToDictionary(one => one.listing, one => one.i, ReferenceEqualityComparer.Instance as IEqualityComparer<Listing>);
        var described = places.Zip(files).Where(one => one.First.Place.Type.IsFolder || !replaced.Contains((one.First.Listing, one.First.Place.Path))).Concat(added.Zip(addedFiles))
            .Where(one => types.Count == 0 || types.Contains(one.First.Place.Type))
            .Select(one => Describe(one.First.Listing, one.First.Place, one.Second)).OfType<DescribedPlace>()
            .OrderBy(one => order[one.Listing]).ThenBy(one => one.Place.Path, StringComparer.Ordinal).ThenBy(one => one.Place.Type.Name, StringComparer.Ordinal)
            .DistinctBy(one => (one.Place.Type, new SourceSpec(one.Listing.Source.Repository, one.Place.Path, Version: null).Place))
            .ToList();
        return [.. described.GroupBy(one => one.Listing, ReferenceEqualityComparer.Instance).SelectMany(group => Identify([.. group], links[group.First().Listing]))];
    }

    private static IEnumerable<DescribedPlace> Identify(IReadOnlyList<DescribedPlace> places, ListedLinks links)
    {
        var paths = places.Select(one => one.Place.Path).ToHashSet(StringComparer.Ordinal);
        var ids = links.Items.Where(item => paths.Contains(item.Path)).DistinctBy(item => item.Path).ToDictionary(item => item.Path, item => item.ObjectId, StringComparer.Ordinal);
        return places.Select(one => links.IsLinked(one.Place.Path)
            ? one with { IsLinked = true, ObjectId = links.Find(one.Place.Path)?.ObjectId ?? "", Target = links.IsLinked(TreePath.Parent(one.Place.Path)) ? links.Resolve(one.Place.Path) : null }
            : one with { ObjectId = ids.GetValueOrDefault(one.Place.Path, "") });
    }

    private async Task<Dictionary<Listing, ListedLinks>> ReadLinksAsync(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        var wanted = listings.SelectMany(listing => ListedLinks.FindLinks(listing).Select(path => (Listing: listing, Path: path))).ToList();
        var questions = wanted.ConvertAll(one => new FileQuestion(one.Listing.Source.Repository, one.Listing.Commit, [one.Path]) { IsWhole = true });
        var readings = questions.Count == 0 ? [] : await provider.ReadAsync(questions, cancellationToken).ConfigureAwait(false);
        var texts = listings.ToDictionary(listing => listing, _ => new Dictionary<string, string>(StringComparer.Ordinal), ReferenceEqualityComparer.Instance as IEqualityComparer<Listing>);
        foreach (var (one, reading) in wanted.Zip(readings))
        {
            if (reading.File?.Text is { } text) texts[one.Listing][one.Path] = text;
        }

        return listings.ToDictionary(listing => listing, listing => new ListedLinks(listing, texts[listing]), ReferenceEqualityComparer.Instance as IEqualityComparer<Listing>);
    }

    private async Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<(Listing Listing, string Path)> files, Dictionary<Listing, ListedLinks> links, CancellationToken cancellationToken)
    {
        var questions = files.Select(one => new FileQuestion(one.Listing.Source.Repository, one.Listing.Commit, [links[one.Listing].Resolve(one.Path)]) { IsWhole = !IsMarkdown(one.Path) }).ToList();
        return questions.Count == 0 ? [] : await provider.ReadAsync(questions, cancellationToken).ConfigureAwait(false);
    }

    private static DescribedPlace? Describe(Listing listing, FoundPlace place, FileReading file)
    {
        // A file that cannot be read does not hide the others. The reason is reported when the artifact is added.
        if (file.Error is not null) return new DescribedPlace(listing, place, Description: null);
        var text = file.File?.Text;
        if (place.Type == ArtifactType.Hook) return text is not null && ArtifactJson.Describe(text, "hooks", out var hasHooks) is null && hasHooks ? new DescribedPlace(listing, place, Description: null) : null;
        if (text is null || !IsMarkdown(place.ManifestPath)) return new DescribedPlace(listing, place, Description: null);
        var values = FrontMatterReader.Read(place.ManifestPath, text);
        // Claude Code loads only agents that have a name.
        return place.Type != ArtifactType.Agent || values.Name is not null || values.IsIncomplete ? new DescribedPlace(listing, place, values.Description) : null;
    }

    private static bool IsMarkdown(string path) => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);
}

using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Browsing;

/// <summary>
/// Finds the artifacts in lists of files: reads the files that describe them, and leaves out the places that are none. Links and the files of plugins are read in the same batch; a second one is
/// only needed for places to which they alone lead.
/// </summary>
internal sealed class PlaceReader(FileReadings readings)
{
    /// <summary>Finds artifacts.</summary>
    /// <param name="listings">The lists.</param>
    /// <param name="types">The types. Empty for all.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The artifacts, by list and path, each place once.</returns>
    public async Task<IReadOnlyList<DescribedPlace>> FindAsync(IReadOnlyList<Listing> listings, IReadOnlyList<ArtifactType> types, CancellationToken cancellationToken)
    {
        var links = await ReadLinksAsync(listings, cancellationToken).ConfigureAwait(false);
        var finders = listings.Select(listing => (Listing: listing, Finder: PlaceFinder.Of(listing, links[listing].Items))).ToList();
        var places = finders.SelectMany(one => one.Finder.Find().Select(place => (one.Listing, Place: place))).ToList();
        var plugins = finders.SelectMany(one => LikelyFiles.FindPlugins(links[one.Listing].Items).Select(path => (one.Listing, one.Finder, Path: path))).ToList();
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
            .DistinctBy(one => (one.Place.Type, new SourceSpec(one.Listing.Source.Repository, one.Place.Path, Version: null).Place, one.Listing.Commit))
            .ToList();
        return [.. described.GroupBy(one => one.Listing, ReferenceEqualityComparer.Instance).SelectMany(group => Identify([.. group], links[group.First().Listing], cancellationToken))];
    }

    private static IEnumerable<DescribedPlace> Identify(IReadOnlyList<DescribedPlace> places, ListedLinks links, CancellationToken cancellationToken)
    {
        var listing = places[0].Listing;
        if (listing.Source.Repository.Kind == RepositoryKind.Folder) return FolderCopies.Identify(listing, places, cancellationToken);
        var paths = places.Select(one => one.Place.Path).ToHashSet(StringComparer.Ordinal);
        var ids = links.Items.Where(item => paths.Contains(item.Path)).DistinctBy(item => item.Path).ToDictionary(item => item.Path, item => item.ObjectId, StringComparer.Ordinal);
        return places.Select(one => links.IsLinked(one.Place.Path)
            ? one with { IsLinked = true, ObjectId = links.Find(one.Place.Path)?.ObjectId ?? "", Target = links.IsLinked(TreePath.Parent(one.Place.Path)) ? links.Resolve(one.Place.Path) : null }
            : one with { ObjectId = ids.GetValueOrDefault(one.Place.Path, "") });
    }

    private async Task<Dictionary<Listing, ListedLinks>> ReadLinksAsync(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        var wanted = listings.SelectMany(listing => ListedLinks.FindLinks(listing).Select(path => (Listing: listing, Path: path))).ToList();
        // Where links have to be read, everything else that will probably be needed comes with them.
        if (wanted.Count > 0) await readings.ReadAsync([.. listings.SelectMany(listing => LikelyFiles.Of(listing, PlaceFinder.Of(listing, listing.Items).Find()))], cancellationToken).ConfigureAwait(false);
        var read = await readings.ReadAsync(wanted.ConvertAll(one => LikelyFiles.Ask(one.Listing, one.Path, isWhole: true)), cancellationToken).ConfigureAwait(false);
        var texts = listings.ToDictionary(listing => listing, _ => new Dictionary<string, string>(StringComparer.Ordinal), ReferenceEqualityComparer.Instance as IEqualityComparer<Listing>);
        foreach (var (one, reading) in wanted.Zip(read))
        {
            if (reading.File?.Text is { } text) texts[one.Listing][one.Path] = text;
        }

        return listings.ToDictionary(listing => listing, listing => new ListedLinks(listing, texts[listing]), ReferenceEqualityComparer.Instance as IEqualityComparer<Listing>);
    }

    // A file that a link leads to is read as the kind of file that the link is.
    private Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<(Listing Listing, string Path)> files, Dictionary<Listing, ListedLinks> links, CancellationToken cancellationToken) =>
        readings.ReadAsync([.. files.Select(one => LikelyFiles.Ask(one.Listing, links[one.Listing].Resolve(one.Path), isWhole: !IsMarkdown(one.Path)))], cancellationToken);

    private static DescribedPlace? Describe(Listing listing, FoundPlace place, FileReading file)
    {
        // A file that cannot be read does not hide the others. The reason is reported when the artifact is added.
        if (file.Error is not null) return new DescribedPlace(listing, place, Description: null);
        var text = file.File?.Text;
        if (place.Path == place.ManifestPath && place.Type.IsSettingsFile(place.Path) && text is not null && SettingsFile.NeedsPlugin(text)) place = place with { Path = TreePath.Parent(place.Path) };
        if (place.Plugin is { } plugin && text is not null && PluginSettings.NeedsPlugin(place.ManifestPath[(plugin.Length == 0 ? 0 : plugin.Length + 1)..], text, place.Type.SettingsKey!)) place = place with { Path = plugin };
        // A file that is called like the settings of servers is taken as such.
        if (place.Type.SettingsKey is { } key && !(place.Type == ArtifactType.Mcp && place.Type.ManifestFiles.Contains(TreePath.LastPart(place.ManifestPath))))
        {
            return text is not null && ArtifactJson.Describe(text.TrimStart('\uFEFF'), key, out var isThere) is null && isThere ? new DescribedPlace(listing, place, Description: null) : null;
        }

        if (text is null || !IsMarkdown(place.ManifestPath)) return new DescribedPlace(listing, place, Description: null);
        var (values, all) = FrontMatterReader.ReadBoth(place.ManifestPath, text);
        // Claude Code loads only agents that have a name.
        return place.Type != ArtifactType.Agent || values.Name is not null || values.IsIncomplete
            ? new DescribedPlace(listing, place, values.Description) { Version = all.GetValueOrDefault("version")?.Text, Tags = values.Tags ?? [] }
            : null;
    }

    private static bool IsMarkdown(string path) => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);
}

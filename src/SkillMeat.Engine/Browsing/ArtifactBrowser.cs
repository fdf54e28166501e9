using SkillMeat.Additions;
using SkillMeat.Artifacts;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>Lists the artifacts of repositories and folders, and compares them with a collection.</summary>
/// <remarks>Thread-safe. In a home, the lists are cached for the next time; nothing else is written.</remarks>
public sealed class ArtifactBrowser
{
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;

    /// <summary>Creates a browser.</summary>
    /// <param name="store">The home with the collection to compare with.</param>
    /// <param name="session">The session that queries upstream.</param>
    public ArtifactBrowser(CollectionStore store, UpstreamSession session)
    {
        _store = store;
        _session = session;
    }

    /// <summary>Whether a text names a repository as a whole, or a folder that is no artifact itself, so that it may contain several.</summary>
    /// <param name="source">The text.</param>
    /// <param name="baseFolder">The full path that relative folders are relative to.</param>
    /// <returns>False for anything else, even if it cannot be used as a source.</returns>
    public bool MayContainSeveral(string source, string baseFolder)
    {
        try
        {
            var spec = SourceSpec.Parse(source, _session.ContextFor(baseFolder));
            return spec.Repository.Folder is { } folder ? IsPlainFolder(Path.Combine(folder, spec.Path)) : spec.Path.Length == 0;
        }
        catch (SkillMeatException)
        {
            return false;
        }
    }

    private static bool IsPlainFolder(string folder) =>
        Directory.Exists(folder) && !ArtifactType.All.SelectMany(type => type.ManifestFiles).Any(file => File.Exists(Path.Combine(folder, file)));

    /// <summary>Lists artifacts.</summary>
    /// <param name="request">The sources.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The artifacts, by source and path.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.InvalidArgument"/>: a source cannot be used. <see cref="ErrorIds.UpstreamNotFound"/>: a repository, ref or path does not exist. Or the collection cannot be read.
    /// </exception>
    public async Task<IReadOnlyList<UpstreamArtifact>> BrowseAsync(BrowseRequest request, CancellationToken cancellationToken = default)
    {
        var (found, _, problems) = await TryBrowseAsync(request, cancellationToken).ConfigureAwait(false);
        SaveCaches();
        return problems.Count == 0 ? [.. found.Select(one => one.Artifact)] : throw problems[0].Error;
    }

    /// <summary>Lists artifacts by source, all in one batch of questions. A source that cannot be listed does not hide the others.</summary>
    /// <param name="request">The sources.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The artifacts or the problem of each source, in the order of the request. A source that is named twice is listed once.</returns>
    /// <exception cref="SkillMeatException">The collection cannot be read.</exception>
    public async Task<IReadOnlyList<BrowsedSource>> BrowseEachAsync(BrowseRequest request, CancellationToken cancellationToken = default)
    {
        var (found, listings, problems) = await TryBrowseAsync(request, cancellationToken, isEachNamedAlone: true).ConfigureAwait(false);
        SaveCaches();
        return [.. request.Sources.Distinct(StringComparer.Ordinal).Select(source => new BrowsedSource(source)
        {
            Artifacts = listings.TryGetValue(source, out var listing) ? [.. found.Where(one => IsIn(one, listing)).Select(one => one.Artifact)] : [],
            Problem = problems.FirstOrDefault(one => one.Source == source).Error,
        })];
    }

    /// <summary>Selects artifacts to add.</summary>
    /// <param name="request">The sources.</param>
    /// <param name="include">The patterns of the names. Empty for all.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The requests to add them, by source and path, and after them one with a problem for each source that cannot be listed, and each pattern that matches nothing.</returns>
    /// <exception cref="SkillMeatException">See <see cref="BrowseAsync"/>, if there is one problem and nothing to add. <see cref="ErrorIds.ArtifactNotFound"/>: nothing matches.</exception>
    public async Task<IReadOnlyList<ArtifactAddition>> SelectAsync(BrowseRequest request, IReadOnlyList<NamePattern> include, CancellationToken cancellationToken = default)
    {
        if (request.Collection is { } name) _store.CheckExists(name);
        var (listed, _, problems) = await TryBrowseAsync(request, cancellationToken).ConfigureAwait(false);
        var found = listed.Select(one => one.Artifact).ToList();
        var sources = string.Join(", ", request.Sources.Select(AddressText.WithoutCredentials));
        var failed = problems.Select(one => new ArtifactAddition(AddressText.WithoutCredentials(one.Source)) { Problem = one.Error }).ToList();
        if (found.Count == 0 && failed.Count == 0)
        {
            var types = request.Types.Count == 0 ? "" : $" of type {string.Join(" or ", request.Types)}";
            throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"{sources} contains no artifact{types}.");
        }

        if (found.Count > 0) failed.AddRange(include.Where(pattern => !found.Any(one => Fits(pattern, one))).Select(pattern => new ArtifactAddition(pattern.Text) { Problem = Unmatched(pattern, sources, found) }));
        var selected = found.Where(one => include.Count == 0 || include.Any(pattern => Fits(pattern, one))).Select(one => one.ToAddition()).ToList();
        return selected.Count == 0 && failed is [{ Problem: { } problem }] ? throw problem : [.. selected, .. failed];
    }

    private static bool Fits(NamePattern pattern, UpstreamArtifact one) => pattern.Fits(one.Name) || (pattern.Text.Contains(':', StringComparison.Ordinal) && pattern.Fits(one.ArtifactId));

    private static SkillMeatException Unmatched(NamePattern pattern, string sources, IReadOnlyList<UpstreamArtifact> found)
    {
        var nearest = found.Select(one => one.Name).FirstOrDefault(name => name.Contains(pattern.Text.Trim('*'), StringComparison.OrdinalIgnoreCase)) ?? NearestName.Find(pattern.Text, found.Select(one => one.Name));
        return new SkillMeatException(ErrorIds.ArtifactNotFound, $"No artifact in {sources} matches '{pattern.Text}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}");
    }

    // Two sources can overlap, and each place is listed once.
    private static bool IsIn((UpstreamArtifact Artifact, Listing Listing) one, Listing listing) => ReferenceEquals(one.Listing, listing)
        || (one.Listing.Source.Repository.Equals(listing.Source.Repository) && one.Listing.Commit == listing.Commit
            && (listing.Source.Path.Length == 0 || one.Artifact.Path == listing.Source.Path || one.Artifact.Path.StartsWith(listing.Source.Path + "/", StringComparison.Ordinal)));

    private async Task<(IReadOnlyList<(UpstreamArtifact Artifact, Listing Listing)> Found, IReadOnlyDictionary<string, Listing> Listings, IReadOnlyList<(string Source, SkillMeatException Error)> Problems)> TryBrowseAsync(
        BrowseRequest request, CancellationToken cancellationToken, bool isEachNamedAlone = false)
    {
        var context = _session.ContextFor(request.BaseFolder);
        var collection = FindCollection(request.Collection);
        var problems = new List<(string Source, SkillMeatException Error)>();
        var sources = new List<(string Source, string Shown, IReadOnlyList<SourceSpec> Readings)>();
        foreach (var shown in request.Sources.Distinct(StringComparer.Ordinal))
        {
            try
            {
                sources.Add((shown, AddressText.WithoutCredentials(shown), SourceSpec.ParseAll(shown, context)));
            }
            catch (SkillMeatException e)
            {
                problems.Add((shown, e));
            }
        }

        var inCollection = _session.ContextFor(collection?.Folder ?? request.BaseFolder);
        var tracked = collection is null ? [] : collection.Artifacts.Select(artifact => TrackedArtifact.From(artifact, inCollection).Unbounded).Where(one => one.Source is not null).ToList();
        var lister = new RepositoryLister(_session, tracked);
        var listings = await lister.ListAsync(sources.ConvertAll(one => (one.Shown, one.Readings)), cancellationToken).ConfigureAwait(false);
        problems.AddRange(sources.Zip(listings).Where(one => one.Second.Error is not null).Select(one => (one.First.Source, one.Second.Error!)));
        var places = await new PlaceReader(lister.Readings).FindAsync([.. listings.Select(one => one.Listing).OfType<Listing>()], request.Types, cancellationToken).ConfigureAwait(false);
        var found = collection is null
            ? Describe(places, context, isEachNamedAlone)
            : await CompareAsync(places, collection, tracked, lister, context, isEachNamedAlone, cancellationToken).ConfigureAwait(false);
        return (found, sources.Zip(listings).Where(one => one.Second.Listing is not null).ToDictionary(one => one.First.Source, one => one.Second.Listing!, StringComparer.Ordinal), problems);
    }

    // No home is made to look at a repository.
    private void SaveCaches()
    {
        if (Directory.Exists(_store.Layout.CollectionsFolder)) _session.SaveCaches();
    }

    // A home without the collection has no artifacts, and no home is needed to look at a repository.
    private Collection? FindCollection(string? name)
    {
        try
        {
            return _store.Read(name);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.CollectionNotFound)
        {
            return null;
        }
    }

    private IReadOnlyList<(UpstreamArtifact Artifact, Listing Listing)> Describe(IReadOnlyList<DescribedPlace> found, SourceContext context, bool isEachNamedAlone)
    {
        found = PlaceFilter.Filter(found, _ => false);
        var sources = found.Select(one => SourceOf(one, known: null, context)).ToList();
        var names = NamesOf(found, taken: [], isEachNamedAlone);
        return [.. found.Select((one, i) => (Describe(one, names[i], UpstreamArtifactState.New, sources[i].Spec, collection: null), one.Listing))];
    }

    private static UpstreamArtifact Describe(DescribedPlace one, string name, UpstreamArtifactState state, string spec, string? collection) => new()
    {
        Type = one.Place.Type.Name,
        Name = name,
        Description = one.Description,
        Path = one.Place.Path,
        State = state,
        UpstreamSha = one.Listing.Commit.Length == 0 ? null : one.Listing.Commit,
        Spec = spec,
        Ref = one.Listing.Follows.Name,
        Collection = collection,
    };

    // One place at two refs is the same artifact.
    private static List<string> NamesOf(IReadOnlyList<DescribedPlace> found, IReadOnlyList<ArtifactId> taken, bool isEachNamedAlone)
    {
        // A name that somebody knows from a list of one repository means the same in a list of several.
        var given = found.DistinctBy(PlaceOf).GroupBy(one => isEachNamedAlone ? one.Listing.Source.Repository : null).SelectMany(NamesOfGroup).ToDictionary(one => one.Place, one => one.Name);
        return found.Select(one => given[PlaceOf(one)]).ToList();

        IEnumerable<((ArtifactType Type, (RepositoryAddress Repository, string Path) Place) Place, string Name)> NamesOfGroup(IEnumerable<DescribedPlace> group)
        {
            var places = group.ToList();
            return places.Select(PlaceOf).Zip(new PlaceNames(taken).Of(places.ConvertAll(one => (one.Listing.RootName, one.Place.Type, one.Place.Path))));
        }

        static (ArtifactType Type, (RepositoryAddress Repository, string Path) Place) PlaceOf(DescribedPlace one) => (one.Place.Type, new SourceSpec(one.Listing.Source.Repository, one.Place.Path, Version: null).Place);
    }

    private async Task<IReadOnlyList<(UpstreamArtifact Artifact, Listing Listing)>> CompareAsync(
        IReadOnlyList<DescribedPlace> found,
        Collection collection,
        IReadOnlyList<TrackedArtifact> tracked,
        RepositoryLister lister,
        SourceContext context,
        bool isEachNamedAlone,
        CancellationToken cancellationToken)
    {
        var renames = new RenamedRepositories(_session.Provider, tracked);
        var followed = new FollowedPlaces(tracked, context, lister.Renamed);
        var repositories = found.Select(one => one.Listing.Source.Repository).Concat(lister.Renamed.Keys).Concat(lister.Renamed.Values).ToHashSet();
        var renamed = await renames.FindAsync(found.Where(one => followed.Find(one) is null).ToList(), repositories, cancellationToken).ConfigureAwait(false);
        if (renamed.Count > 0) followed = new FollowedPlaces(tracked, context, lister.Renamed.Concat(renamed).DistinctBy(one => one.Key).ToDictionary());
        var answers = lister.Answers.Concat(renames.Answers).DistinctBy(one => one.Key).ToDictionary();
        var listed = found.Select(one => (one.Listing, one.Place.Type, one.Place.Path)).ToHashSet();
        // An artifact of a plugin or of its folder of hooks stays as it is in the collection, and is not added a second time.
        found = [.. found.Select(one => followed.Find(one) is null && one.Place.OtherPath is { } path && !listed.Contains((one.Listing, one.Place.Type, path))
            && (one with { Place = one.Place with { Path = path }, ObjectId = "" }) is var other && followed.Find(other) is not null ? other : one)];
        // The target of a link is followed at its own place, if that is listed.
        found = PlaceFilter.Filter(found, one => followed.Find(one) is { } artifact && !(one.Target is { } target && artifact.Source!.Path == target && listed.Contains((one.Listing, one.Place.Type, target))));
        var known = found.Select(followed.Find).ToList();
        var sources = found.Select((one, i) => SourceOf(one, known[i], context)).ToList();
        var moved = await FindMovedAsync(collection, tracked, found, answers, cancellationToken).ConfigureAwait(false);
        var movedHere = sources.Select((source, i) => known[i] is null ? moved.GetValueOrDefault((found[i].Place.Type, source.Source.Repository, source.Source.Path)) : null).ToList();
        var local = new LocalFiles(_store.Layout.CollectionFolder(collection.Name));
        var behind = await FindChangedAsync(known.OfType<TrackedArtifact>().Distinct().ToList(), answers, local, cancellationToken).ConfigureAwait(false);
        var unknown = Enumerable.Range(0, found.Count).Where(i => known[i] is null && movedHere[i] is null).ToList();
        var names = new string[found.Count];
        foreach (var (i, name) in unknown.Zip(NamesOf(unknown.ConvertAll(i => found[i]), [.. collection.Artifacts.Select(artifact => artifact.Id)], isEachNamedAlone))) names[i] = name;

        return [.. found.Select((one, i) => (Describe(one, (known[i] ?? movedHere[i])?.Artifact.Id.Name ?? names[i], StateOf(i), sources[i].Spec, collection.Name), one.Listing))];

        // An update brings a moved one to its new place. Added anew, it would be in the collection twice.
        UpstreamArtifactState StateOf(int i) => known[i] is { } artifact ? IsBehind(artifact, found[i]) ? UpstreamArtifactState.Behind : UpstreamArtifactState.Present
            : movedHere[i] is not null ? UpstreamArtifactState.Behind : UpstreamArtifactState.New;

        bool IsBehind(TrackedArtifact artifact, DescribedPlace one)
        {
            if (!local.Exist(artifact.Artifact)) return true;
            // Its address does not tell its folder, so nothing upstream can be compared with it.
            if (artifact.IsNamedLike(new SourceSpec(one.Listing.Source.Repository, one.Place.Path, Version: null))) return false;
            if (!answers.TryGetValue(artifact.Artifact.Id, out var own)) return behind.Contains(artifact.Artifact.Id);
            // An artifact that could not be compared is not known to be up to date, unless it is the listed one.
            if (own.Error is not null) return one.ObjectId.Length == 0 || artifact.Artifact.LinkedPaths.Count > 0 || local.FindFetchedId(artifact.Artifact) != one.ObjectId;
            return own.Commit != one.Listing.Commit && !artifact.Follows.Equals(one.Listing.Follows) ? IsBehindOther(artifact, own, one, local) : behind.Contains(artifact.Artifact.Id);
        }
    }

    // An artifact that follows a branch is compared with that alone: another ref is not newer. One that is pinned is compared with any ref that can be.
    private static bool IsBehindOther(TrackedArtifact artifact, PathAnswer own, DescribedPlace listed, LocalFiles local)
    {
        if (own.Tag is null && !artifact.Follows.MayBeCommit) return false;
        if (listed.ObjectId.Length == 0 || artifact.Artifact.LinkedPaths.Count > 0 || !RefOrder.MayBeNewer(listed.Listing.Follows, artifact.Follows)) return false;
        return (own.BaseObjectId ?? local.FindFetchedId(artifact.Artifact)) is { } fetched && fetched != listed.ObjectId;
    }

    // The artifacts of the collection that are no longer at their paths, by the places to which they moved.
    private async Task<IReadOnlyDictionary<(ArtifactType Type, RepositoryAddress Repository, string Path), TrackedArtifact>> FindMovedAsync(
        Collection collection, IReadOnlyList<TrackedArtifact> tracked, IReadOnlyList<DescribedPlace> found, Dictionary<ArtifactId, PathAnswer> answers, CancellationToken cancellationToken)
    {
        var listed = found.Select(one => one.Listing.Source.Repository).ToHashSet();
        var lost = tracked.Where(one => listed.Contains(one.Source!.Repository) && answers.TryGetValue(one.Artifact.Id, out var path) && path is { Error: null, Exists: false }).ToDictionary(one => one.Artifact.Id);
        if (lost.Count == 0) return new Dictionary<(ArtifactType, RepositoryAddress, string), TrackedArtifact>();
        var checker = new UpdateChecker(_session.Provider, new LocalFiles(collection.Folder), _session.GitHubServer, fields: null, findsNew: false);
        // The others count as well: a place that one of them follows is nobody's new one.
        var (checks, _) = await checker.CheckAsync(collection, tracked, ArtifactFilter.Everything.Within(lost.Keys), CheckListener.Silent, cancellationToken).ConfigureAwait(false);
        return checks.Where(check => check is { ChangeType: ChangeType.Moved, NewPath: not null, NewRepository: null } && lost.ContainsKey(check.Id))
            .ToDictionary(check => (check.Id.Type, lost[check.Id].Source!.Repository, check.NewPath!), check => lost[check.Id]);
    }

    // The short form is for people. It must not name a folder on this machine that happens to have the same path.
    private (string Spec, SourceSpec Source) SourceOf(DescribedPlace one, TrackedArtifact? known, SourceContext context)
    {
        var (listing, follows) = (one.Listing, one.Listing.Follows);
        var source = new SourceSpec(listing.Source.Repository, one.Place.Path, follows.Name);
        // Files outside of a folder cannot be added through a link in it.
        if (listing.FindTarget(one.Place.Path) is { } target && known?.Source!.Place.Equals(source.Place) != true) return (target, source);
        if (one.Target is { } linked && known?.Source!.Path != source.Path) source = source with { Path = linked };
        // The same repository can be followed at another address.
        if (source.Repository.Kind != RepositoryKind.Folder && known is not null) source = source with { Repository = known.Source!.Repository };
        var (repository, path) = (source.Repository, source.Path);
        var spec = SourceSpec.Write(repository, path, follows, _session.GitHubServer).TrimEnd('/');
        return (Path.Exists(Path.Combine(context.BaseFolder, spec)) && repository.Kind != RepositoryKind.Folder ? $"{repository.Address}/tree/{follows}/{path}".TrimEnd('/') : spec, source);
    }

    private async Task<IReadOnlySet<ArtifactId>> FindChangedAsync(
        List<TrackedArtifact> known, Dictionary<ArtifactId, PathAnswer> answers, LocalFiles local, CancellationToken cancellationToken)
    {
        var changed = known.Where(one => answers.TryGetValue(one.Artifact.Id, out var path) && IsChanged(one, path, local)).Select(one => one.Artifact.Id).ToHashSet();
        // Folders, which cost no request.
        var groups = known.Where(one => !answers.ContainsKey(one.Artifact.Id)).GroupBy(one => one.Source!.Repository).ToDictionary(group => group.Key, group => group.ToList());
        var questions = groups.Select(group => new RepositoryQuestion(group.Key, group.Value.ConvertAll(one => one.Ask(ManifestDetail.None)), [], WithFacts: false)).ToList();
        if (questions.Count == 0) return changed;
        foreach (var answer in await _session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            // Without an answer, nothing is known to be up to date.
            changed.UnionWith(groups[answer.Question.Repository].Where((one, i) => answer.Error is not null || answer.Paths[i].Error is not null || IsChanged(one, answer.Paths[i], local)).Select(one => one.Artifact.Id));
        }

        return changed;
    }

    // The files here are those that links lead to, so an unknown change cannot be found by comparing them with the links.
    private static bool IsChanged(TrackedArtifact one, PathAnswer path, LocalFiles local) =>
        path is { Error: null, Exists: true } && (path.Changed ?? (one.Artifact.LinkedPaths.Count > 0 ? null : local.CompareWithUpstream(one.Artifact, path.ObjectId))) == true;
}

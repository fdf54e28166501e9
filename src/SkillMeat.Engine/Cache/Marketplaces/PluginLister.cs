using SkillMeat.Artifacts;
using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>Lists the artifacts of plugins, those of many repositories in one batch. Not thread-safe.</summary>
/// <param name="session">The session that queries upstream.</param>
/// <param name="time">The clock.</param>
/// <param name="limits">The limits for repositories elsewhere.</param>
internal sealed class PluginLister(UpstreamSession session, TimeProvider time, PluginLimits limits)
{
    // A stranger's file must not make this machine contact any number of servers.
    private const int MostRepositories = 1000;
    private const int MostArtifacts = 50_000;

    // The lists of one batch are in memory together.
    private const int Batch = 25;
    private const int AskedAtOnce = 200;

    private readonly RepositoryLister _lister = new(session, []);
    private readonly PluginBudget _budget = new(limits, time);
    private readonly HashSet<string> _reached = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The place of a source, as one text.</summary>
    public static string KeyOf(SourceSpec source) => string.Join('\n', source.Repository.Address, source.Path, source.Version ?? "");

    /// <summary>Asks where the refs of sources are.</summary>
    /// <param name="required">The repository of the marketplace, or null.</param>
    /// <param name="others">Those of plugins.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The commits by the keys of the sources: that of the required one, and of others as far as they are known.</returns>
    /// <exception cref="SkillMeatException">The required repository cannot be reached, or has no such ref.</exception>
    public async Task<Dictionary<string, string>> AskAsync(SourceSpec? required, IReadOnlyList<SourceSpec> others, CancellationToken cancellationToken)
    {
        var commits = new Dictionary<string, string>(StringComparer.Ordinal);
        var groups = (required is null ? others : others.Prepend(required)).DistinctBy(KeyOf).GroupBy(source => source.Repository).Take(MostRepositories).Select(group => group.ToList());
        foreach (var batch in groups.Chunk(AskedAtOnce).TakeWhile(_ => _budget.HasTime))
        {
            using var timer = _budget.StartTimer();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            try
            {
                await AskBatchAsync(required, batch, commits, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !_budget.HasTime)
            {
                if (required is not null && commits.Count == 0) throw new SkillMeatException(ErrorIds.UpstreamUnavailable, $"{required.Repository} did not answer in time.");
            }
        }

        return commits;
    }

    private async Task AskBatchAsync(SourceSpec? required, IReadOnlyList<List<SourceSpec>> batch, Dictionary<string, string> commits, CancellationToken cancellationToken)
    {
        var groups = batch.ToDictionary(group => group[0].Repository);
        var questions = batch.Select(group => new RepositoryQuestion(group[0].Repository, group.ConvertAll(Ask), [], WithFacts: false)).ToList();
        foreach (var answer in await session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            var asked = groups[answer.Question.Repository];
            if (answer.Error is null) _reached.Add(HostOf(answer.Question.Repository));
            for (var i = 0; i < asked.Count; i++)
            {
                var (commit, error) = answer.Error is { } whole ? (null, whole) : (answer.Paths[i].Commit, answer.Paths[i].Error);
                if (commit is not null && error is null) commits[KeyOf(asked[i])] = commit;
                else if (ReferenceEquals(asked[i], required)) throw error ?? Missing(required);
            }
        }
    }

    /// <summary>Lists a repository or folder.</summary>
    /// <exception cref="SkillMeatException">It cannot be listed.</exception>
    public async Task<ListedPlaces> ListAsync(string shown, IReadOnlyList<SourceSpec> readings, CancellationToken cancellationToken)
    {
        var (listing, error) = (await _lister.ListAsync([(shown, readings)], cancellationToken).ConfigureAwait(false))[0];
        if (error is not null) throw error;
        _reached.Add(HostOf(listing!.Source.Repository));
        var places = PlaceFilter.Filter(await new PlaceReader(_lister.Readings).FindAsync([listing], [], cancellationToken).ConfigureAwait(false), _ => false);
        return places.Count <= MostArtifacts ? new ListedPlaces(listing, places) : throw new SkillMeatException(ErrorIds.InvalidData, FormattableString.Invariant($"'{shown}' has more than {MostArtifacts} artifacts. Name a folder in it."));
    }

    /// <summary>Reads a file of a list.</summary>
    public async Task<FileReading> ReadAsync(Listing listing, string path, CancellationToken cancellationToken) =>
        (await _lister.Readings.ReadAsync([LikelyFiles.Ask(listing, path, isWhole: true)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Returns everything in a repository or folder without a file that names plugins.</summary>
    public static FetchedPlugin Everything(ListedPlaces listed, DateTimeOffset now) => new(Name: null, "", "", Problem: null, Describe(listed.Places, plugin: null, now));

    /// <summary>Returns plugins that were found to be unchanged.</summary>
    public IReadOnlyList<FetchedPlugin> Renew(IReadOnlyList<FetchedPlugin> plugins) => [.. plugins.Select(Renew)];

    /// <summary>Lists the artifacts of plugins.</summary>
    /// <param name="file">The file with the plugins.</param>
    /// <param name="listed">The list of the marketplace's own repository or folder; null if it has none, or is unchanged.</param>
    /// <param name="known">The list that was fetched before, or null.</param>
    /// <param name="commits">The commits of refs elsewhere, as <see cref="AskAsync"/> returns them.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The plugins, in the order of the file.</returns>
    public async Task<IReadOnlyList<FetchedPlugin>> ListAsync(MarketplaceFile file, ListedPlaces? listed, FetchedMarketplace? known, Dictionary<string, string> commits, CancellationToken cancellationToken)
    {
        var plugins = file.Plugins;
        var before = known?.Plugins.Where(plugin => plugin.Key.Length > 0).DistinctBy(plugin => (plugin.Name, plugin.Key)).ToDictionary(plugin => (plugin.Name, plugin.Key)) ?? [];
        var own = listed is null ? null : await ListOwnAsync(plugins, listed, cancellationToken).ConfigureAwait(false);
        var missing = plugins.Where(plugin => plugin.Source is not null && FindKnown(plugin) is null).ToList();
        var elsewhere = await ListElsewhereAsync(missing, cancellationToken).ConfigureAwait(false);
        return [.. plugins.Select((plugin, i) =>
            plugin.Problem is not null ? Failed(plugin, plugin.Problem)
            : plugin.Source is null ? own is not null ? own[i] : known!.Plugins.Count > i ? Renew(known.Plugins[i]) : Failed(plugin, "it could not be listed")
            : FindKnown(plugin) is { } same ? Renew(Rename(same, plugin))
            : Choose(plugin, elsewhere[plugin], before.GetValueOrDefault((plugin.Name, plugin.Key))))];

        FetchedPlugin? FindKnown(MarketplacePlugin plugin) =>
            before.TryGetValue((plugin.Name, plugin.Key), out var same) && same.Problem is null && (plugin.IsPinned || commits.GetValueOrDefault(plugin.Key) == same.Commit) ? same : null;
    }

    // A source that cannot be reached is not gone.
    private FetchedPlugin Choose(MarketplacePlugin plugin, (FetchedPlugin? Listed, SkillMeatException? Error) result, FetchedPlugin? before) =>
        result.Listed is { } listed ? listed
        : result.Error!.ErrorId == ErrorIds.UpstreamNotFound || before is null || before.Artifacts.All(one => one.Type is null) ? Failed(plugin, result.Error.Message.TrimEnd('.'))
        : before with { Problem = result.Error.Message.TrimEnd('.') };

    private async Task<IReadOnlyList<FetchedPlugin>> ListOwnAsync(IReadOnlyList<MarketplacePlugin> plugins, ListedPlaces listed, CancellationToken cancellationToken)
    {
        var root = listed.Listing.Source.Path;
        var there = listed.Listing.Items.Where(item => item.IsFolder || item.IsLink).Select(item => item.Path).Append("").Append(root).ToHashSet(StringComparer.Ordinal);
        var own = await ReadVersionsAsync([.. plugins.Where(plugin => plugin.Folder is not null).Select(plugin => (plugin, listed.Listing, Join(root, plugin.Folder!)))], cancellationToken).ConfigureAwait(false);
        var finder = new PluginPlaces([.. own.Select(one => (one.Plugin, one.Folder))]);
        var places = listed.Places.Select(place => (Place: place, Plugin: finder.Find(place.Place))).Where(one => one.Plugin is not null).ToList();
        var artifacts = places.Zip(Describe(places.ConvertAll(one => one.Place), place => own[finder.Find(place.Place)!.Value].Plugin, time.GetUtcNow())).ToLookup(one => one.First.Plugin!.Value, one => one.Second);
        var fetched = own.Select((one, i) => there.Contains(one.Folder) ? Fetched(one.Plugin, "", [.. artifacts[i]]) : Failed(one.Plugin, $"its folder '{VisibleText.Line(one.Plugin.Folder)}' is not in the marketplace")).GetEnumerator();
        return [.. plugins.Select(plugin => plugin.Folder is not null && fetched.MoveNext() ? fetched.Current : Failed(plugin, plugin.Problem ?? ""))];
    }

    // The file of a plugin knows its version better than the marketplace. It was read when the artifacts were searched.
    private async Task<IReadOnlyList<(MarketplacePlugin Plugin, string Folder)>> ReadVersionsAsync(IReadOnlyList<(MarketplacePlugin Plugin, Listing Listing, string Folder)> plugins, CancellationToken cancellationToken)
    {
        var files = plugins.Select(one => Join(one.Folder, $"{PluginLayout.Folder}/{PluginLayout.Plugin}")).ToList();
        var there = plugins.Select(one => one.Listing).Distinct<Listing>(ReferenceEqualityComparer.Instance)
            .SelectMany(listing => listing.Items.Where(item => !item.IsFolder && PluginFiles.IsPlugin(item.Path)).Select(item => (listing.Source.Repository, listing.Commit, item.Path)))
            .ToHashSet();
        var asked = Enumerable.Range(0, plugins.Count).Where(i => there.Contains((plugins[i].Listing.Source.Repository, plugins[i].Listing.Commit, files[i]))).ToList();
        var readings = await _lister.Readings.ReadAsync(asked.ConvertAll(i => LikelyFiles.Ask(plugins[i].Listing, files[i])), cancellationToken).ConfigureAwait(false);
        var versions = asked.Zip(readings).ToDictionary(one => one.First, one => one.Second.File?.Text is { } text ? PluginEntryReader.FindVersion(text) : null);
        return [.. plugins.Select((one, i) => (one.Plugin with { Version = versions.GetValueOrDefault(i) ?? one.Plugin.Version }, one.Folder))];
    }

    private async Task<Dictionary<MarketplacePlugin, (FetchedPlugin? Listed, SkillMeatException? Error)>> ListElsewhereAsync(IReadOnlyList<MarketplacePlugin> plugins, CancellationToken cancellationToken)
    {
        var results = new Dictionary<MarketplacePlugin, (FetchedPlugin?, SkillMeatException?)>(ReferenceEqualityComparer.Instance as IEqualityComparer<MarketplacePlugin>);
        var repositories = plugins.Select(plugin => plugin.Source!.Repository).Distinct().Take(MostRepositories).ToHashSet();
        var wanted = plugins.Where(plugin => repositories.Contains(plugin.Source!.Repository)).GroupBy(plugin => plugin.Key).Select(group => group.ToList()).ToList();
        foreach (var plugin in plugins.Where(plugin => !repositories.Contains(plugin.Source!.Repository)))
        {
            results[plugin] = (null, new SkillMeatException(ErrorIds.InvalidData, FormattableString.Invariant($"the marketplace names more than {MostRepositories} repositories")));
        }

        var silent = await FindSilentAsync(wanted.ConvertAll(group => group[0].Source!.Repository), cancellationToken).ConfigureAwait(false);
        foreach (var plugin in wanted.SelectMany(group => group))
        {
            if (silent.TryGetValue(HostOf(plugin.Source!.Repository), out var reason)) results[plugin] = (null, reason);
        }

        wanted.RemoveAll(group => results.ContainsKey(group[0]));
        var left = new Queue<List<List<MarketplacePlugin>>>(wanted.GroupBy(group => group[0].Source!.Repository).Select(groups => groups.ToList()));
        while (left.Count > 0)
        {
            if (_budget.Spent is { } spent)
            {
                foreach (var plugin in left.SelectMany(groups => groups.SelectMany(group => group))) results[plugin] = (null, spent);
                break;
            }

            var batch = Enumerable.Range(0, Math.Min(Math.Min(Batch, _budget.Repositories), left.Count)).Select(_ => left.Dequeue()).ToList();
            _budget.CountRepositories(batch.Count);
            await ListInTimeAsync([.. batch.SelectMany(groups => groups)], results, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    private async Task ListInTimeAsync(List<List<MarketplacePlugin>> wanted, Dictionary<MarketplacePlugin, (FetchedPlugin? Listed, SkillMeatException? Error)> results, CancellationToken cancellationToken)
    {
        using var timer = _budget.StartTimer();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await ListAsync(wanted, results, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && _budget.Spent is not null)
        {
            foreach (var plugin in wanted.SelectMany(group => group)) results[plugin] = (null, _budget.Spent!);
        }
    }

    private async Task ListAsync(List<List<MarketplacePlugin>> wanted, Dictionary<MarketplacePlugin, (FetchedPlugin? Listed, SkillMeatException? Error)> results, CancellationToken cancellationToken)
    {
        var listings = await _lister.ListAsync(wanted.ConvertAll(group => (Shown(group[0].Source!), (IReadOnlyList<SourceSpec>)[group[0].Source!])), cancellationToken).ConfigureAwait(false);
        foreach (var listing in listings.Select(one => one.Listing).OfType<Listing>().DistinctBy(listing => (listing.Source.Repository, listing.Commit))) _budget.Count(listing);
        var places = PlaceFilter.Filter(await new PlaceReader(_lister.Readings).FindAsync([.. listings.Select(one => one.Listing).OfType<Listing>()], [], cancellationToken).ConfigureAwait(false), _ => false)
            .ToLookup(place => (place.Listing.Source.Repository, place.Listing.Commit));
        var found = wanted.Zip(listings, (group, one) => (Group: group, one.Listing, one.Error)).ToList();
        var versions = await ReadVersionsAsync([.. found.Where(one => one.Listing is not null).SelectMany(one => one.Group.Select(plugin => (plugin, one.Listing!, one.Listing!.Source.Path)))], cancellationToken).ConfigureAwait(false);
        var next = 0;
        foreach (var (group, listing, error) in found)
        {
            // Two plugins can overlap, and each place is listed once.
            var within = listing is null ? [] : places[(listing.Source.Repository, listing.Commit)].Where(place => IsIn(place.Place.Path, listing.Source.Path)).Select(place => place with { Listing = listing }).ToList();
            var problem = error ?? _budget.CountArtifacts(within.Count);
            var finder = listing is null ? null : new PluginPlaces([.. group.Select(plugin => (plugin, listing.Source.Path))]);
            for (var i = 0; i < group.Count; i++)
            {
                var plugin = listing is null ? group[i] : versions[next++].Plugin;
                results[group[i]] = problem is not null ? (null, problem) : (Fetched(plugin, listing!.Commit, Describe([.. within.Where(place => finder!.Find(place.Place) == i)], _ => plugin, time.GetUtcNow())), null);
            }
        }
    }

    // Hundreds of plugins can be on a host that does not answer, and each would be tried several times.
    private async Task<Dictionary<string, SkillMeatException>> FindSilentAsync(IReadOnlyList<RepositoryAddress> repositories, CancellationToken cancellationToken)
    {
        var silent = new Dictionary<string, SkillMeatException>(StringComparer.OrdinalIgnoreCase);
        var questions = repositories.Distinct().GroupBy(HostOf, StringComparer.OrdinalIgnoreCase).Where(host => !_reached.Contains(host.Key) && host.Skip(1).Any())
            .Select(host => new RepositoryQuestion(host.First(), [Ask(new SourceSpec(host.First(), "", Version: null))], [], WithFacts: false)).ToList();
        foreach (var answer in questions.Count == 0 ? [] : await session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            if (answer.Error is { ErrorId: ErrorIds.UpstreamUnavailable } error) silent[HostOf(answer.Question.Repository)] = error;
        }

        return silent;
    }

    private static SkillMeatException Missing(SourceSpec source) =>
        new(ErrorIds.UpstreamNotFound, $"{source.Repository} {(source.Version is null ? "is empty" : $"has no tag, branch or commit '{source.Version}'")}.");

    private static string HostOf(RepositoryAddress repository) => repository.Url?.Authority ?? "";

    private static IReadOnlyList<ListedArtifact> Describe(IReadOnlyList<DescribedPlace> places, Func<DescribedPlace, MarketplacePlugin>? plugin, DateTimeOffset now)
    {
        var names = new PlaceNames([]).Of([.. places.Select(place => (place.Listing.RootName, place.Place.Type, place.Place.Path))]);
        return [.. places.Select((place, i) => Describe(place, names[i], plugin?.Invoke(place), now))];
    }

    private static ListedArtifact Describe(DescribedPlace place, string name, MarketplacePlugin? plugin, DateTimeOffset now)
    {
        var (repository, path) = (place.Listing.Source.Repository.Address, place.Target ?? place.Place.Path);
        // Files outside of a folder are added from where they are.
        if (place.Listing.FindTarget(place.Place.Path) is { } target) (repository, path) = (target, "");
        return new ListedArtifact(name)
        {
            Type = place.Place.Type.Name,
            Plugin = plugin?.Name,
            Description = MarketplaceFile.Shorten(place.Description),
            Version = MarketplaceFile.Shorten(place.Version) ?? plugin?.Version,
            Category = plugin?.Category,
            Tags = [.. place.Tags.Select(MarketplaceFile.Shorten).OfType<string>().Concat(plugin?.Tags ?? []).Distinct(StringComparer.OrdinalIgnoreCase)],
            Repository = repository,
            Path = path,
            Ref = place.Listing.Follows.Name,
            Commit = place.Listing.Commit,
            ObjectId = place.ObjectId,
            Checked = now,
        };
    }

    private FetchedPlugin Fetched(MarketplacePlugin plugin, string commit, IReadOnlyList<ListedArtifact> artifacts) =>
        new(plugin.Name, plugin.Key, commit, plugin.Problem, artifacts.Count > 0 ? artifacts : [Alone(plugin, plugin.Problem, time.GetUtcNow())]);

    private FetchedPlugin Failed(MarketplacePlugin plugin, string problem) => new(plugin.Name, plugin.Key, "", problem, [Alone(plugin, problem, time.GetUtcNow())]);

    private static ListedArtifact Alone(MarketplacePlugin plugin, string? problem, DateTimeOffset now) => new(plugin.Name)
    {
        Plugin = plugin.Name,
        Description = plugin.Description,
        Version = plugin.Version,
        Category = plugin.Category,
        Tags = plugin.Tags,
        Problem = problem,
        Checked = now,
    };

    // The marketplace can describe the same commit in other words.
    private static FetchedPlugin Rename(FetchedPlugin same, MarketplacePlugin plugin) => same with
    {
        Artifacts = [.. same.Artifacts.Select(one => one.Type is null ? Alone(plugin, one.Problem, one.Checked) : one with { Category = plugin.Category })],
    };

    private FetchedPlugin Renew(FetchedPlugin plugin) => plugin.Problem is null ? plugin with { Artifacts = [.. plugin.Artifacts.Select(one => one with { Checked = time.GetUtcNow() })] } : plugin;

    private static string Shown(SourceSpec source) => source.Path.Length == 0 ? source.Repository.ToString() : $"{source.Repository}/{source.Path}";

    private static PathQuestion Ask(SourceSpec source) =>
        new("", ArtifactType.Skill, RefSpec.Parse(source.Version), BaseCommit: null, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false, OnlyCommit = true };

    private static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string Join(string root, string path) => root.Length == 0 ? path : path.Length == 0 ? root : $"{root}/{path}";
}

using SkillMeat.Cache.Background;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>
/// Registers marketplaces, and searches what they offer. Their lists are kept in the cache and fetched again when they are older than <c>marketplace-hours</c> under <c>[settings]</c> in
/// <c>config.toml</c> says (24 by default); where that fails, the old ones are used.
/// </summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class MarketplaceCatalog
{
    // A host that does not answer must not delay every search.
    private static readonly TimeSpan _afterFailure = TimeSpan.FromMinutes(5);

    private readonly HomeCache _cache;
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;
    private readonly bool _needsFile;
    private readonly MarketplaceRegistry _registry;

    /// <summary>Creates the catalog of a home.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <param name="session">The session that queries upstream.</param>
    public MarketplaceCatalog(HomeCache cache, UpstreamSession session)
        : this(cache, session, needsFile: false)
    {
    }

    /// <param name="cache">The cache of the home.</param>
    /// <param name="session">The session that queries upstream.</param>
    /// <param name="needsFile">Whether lists in memory are of no use. Then a <see cref="CacheUnusableException"/> is thrown where the file cannot be used.</param>
    internal MarketplaceCatalog(HomeCache cache, UpstreamSession session, bool needsFile)
    {
        (_cache, _store, _session, _needsFile) = (cache, cache.Store, session, needsFile);
        _registry = new MarketplaceRegistry(_store);
    }

    /// <summary>The limits of an update.</summary>
    internal PluginLimits Limits { get; set; } = new();

    private DateTimeOffset Now => _store.Time.GetUtcNow();

    /// <summary>Returns a source for a message, without what can be a secret in an address.</summary>
    /// <param name="source">The source, as the user named it.</param>
    /// <returns>The text.</returns>
    public static string Show(string source) => MarketplaceSource.WithoutSecrets(source);

    /// <inheritdoc cref="MarketplaceRegistry.FindNames"/>
    public IReadOnlyList<string> FindNames(IReadOnlyList<NamePattern> names) => _registry.FindNames(names);

    /// <summary>Fetches a marketplace and registers it. One that is registered stays as it is.</summary>
    /// <param name="request">The marketplace.</param>
    /// <param name="cancellationToken">Cancels the requests, and a change before its point of no return.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.InvalidArgument"/>: the source or name cannot be used. <see cref="ErrorIds.MarketplaceExists"/>: another marketplace has the name. <see cref="ErrorIds.InvalidData"/>: the file is not a
    /// valid marketplace. Or it cannot be fetched. Nothing was registered.
    /// </exception>
    public async Task<MarketplaceResult> RegisterAsync(MarketplaceRegistration request, CancellationToken cancellationToken = default)
    {
        var source = MarketplaceSource.Parse(request.Source, _session.ContextFor(request.BaseFolder));
        if (request.Name is not null) CheckName(request.Name, "Give another name.");
        var fetched = await Fetcher(request.BaseFolder).FetchAsync(source, place: null, known: null, cancellationToken).ConfigureAwait(false);
        var name = request.Name ?? PortableName.Make(fetched.Name, "marketplace");
        CheckName(name, "Give it a name of your own.");
        var registered = source.Register(name, fetched.Found, Now);
        var known = await _registry.ChangeAsync(list => Add(list, registered), request.LockTimeout, cancellationToken).ConfigureAwait(false);
        fetched = fetched with { Place = known.Place };
        // It is registered now, so nothing else counts as an error any more.
        Write(known, fetched, CancellationToken.None);
        var isNew = ReferenceEquals(known, registered);
        return Result(known, isNew ? MarketplaceStatus.Registered : MarketplaceStatus.Unchanged, fetched) with { Reason = isNew ? null : $"It is registered already as '{known.Name}'." };
    }

    /// <summary>Lists the registered marketplaces by name. Those whose lists are missing or too old are fetched first.</summary>
    /// <param name="names">The names. Empty for all.</param>
    /// <param name="isOffline">Whether to use what is known, without fetching anything.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The marketplaces.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.MarketplaceNotFound"/>: one is not registered.</exception>
    public async Task<IReadOnlyList<Marketplace>> ListAsync(IReadOnlyList<NamePattern> names, bool isOffline = false, CancellationToken cancellationToken = default)
    {
        var selected = MarketplaceRegistry.Select(_registry.ReadList(), names);
        return await AnswerAsync(selected, isOffline, heads => (IReadOnlyList<Marketplace>)[.. selected.Select(one => Describe(one, heads.GetValueOrDefault(one)))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches the lists of marketplaces. A repository whose ref did not move costs one request.</summary>
    /// <param name="names">The names. Empty for all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The outcome for each marketplace, by name.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.MarketplaceNotFound"/>: one is not registered.</exception>
    public async Task<IReadOnlyList<MarketplaceResult>> UpdateAsync(IReadOnlyList<NamePattern> names, CancellationToken cancellationToken = default)
    {
        var list = _registry.ReadList();
        var selected = MarketplaceRegistry.Select(list, names);
        if (selected.Count == 0) return [];
        Run(rows => rows.Keep([.. list.All.Select(one => one.Name)]), cancellationToken);
        return await Task.WhenAll(selected.Select(one => UpdateAsync(one, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Searches the lists of the registered marketplaces. Those that are missing or too old are fetched first; otherwise nothing is requested.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The artifacts, the best match first.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.MarketplaceNotFound"/>: a marketplace is not registered. Or the collection cannot be read.</exception>
    public async Task<IReadOnlyList<MarketplaceArtifact>> SearchAsync(MarketplaceSearch request, CancellationToken cancellationToken = default)
    {
        var selected = MarketplaceRegistry.Select(_registry.ReadList(), request.Marketplaces);
        var words = SearchText.WordsOf(request.Text);
        IReadOnlyList<(ListedArtifact Artifact, MarketplaceHead Head)> found = [];
        await AnswerAsync(
            selected,
            request.IsOffline,
            (rows, heads) => found = [.. heads.Values.Where(head => head.Fetched is not null).SelectMany(head => rows.Find(head, words).Select(one => (one, head)))],
            cancellationToken).ConfigureAwait(false);
        var comparison = new EntryComparison(FindCollection(request.Collection), _session, request.BaseFolder);
        var age = MostAge;
        var types = request.Types.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        return [.. found
            .Where(one => one.Artifact.Type is { } type ? types.Count == 0 || types.Contains(type) : request.IncludePlugins && types.Count == 0 && request.States.Count == 0)
            .Where(one => request.Plugins.Count == 0 || (one.Artifact.Plugin is { } plugin && request.Plugins.Any(pattern => pattern.Fits(plugin))))
            .OrderBy(one => SearchText.RankOf(one.Artifact, words)).ThenBy(one => one.Artifact.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Head.Name, StringComparer.Ordinal)
            .Select(one => comparison.Compare(one.Artifact, one.Head.Name, IsPast(one.Artifact.Checked, age)))
            .Where(one => request.States.Count == 0 || (one.State is { } state && request.States.Contains(state)))];
    }

    private static RegisteredMarketplace Add(MarketplaceList list, RegisteredMarketplace wanted)
    {
        if (list.FindPlace(wanted.Place) is { } known) return known;
        if (list.Find(wanted.Name) is { } other) throw new SkillMeatException(ErrorIds.MarketplaceExists, $"A marketplace '{other.Name}' is registered already, from {MarketplaceSource.Show(other)}. Give this one another name.");
        list.Add(wanted);
        return wanted;
    }

    private async Task<MarketplaceResult> UpdateAsync(RegisteredMarketplace registered, CancellationToken cancellationToken)
    {
        var before = Read(rows => rows.Read(registered.Name), cancellationToken);
        try
        {
            var fetched = await FetchAsync(registered, before, cancellationToken).ConfigureAwait(false);
            return Result(registered, before is null || fetched.DiffersFrom(before) ? MarketplaceStatus.Updated : MarketplaceStatus.Unchanged, fetched);
        }
        catch (SkillMeatException e)
        {
            var result = new MarketplaceResult { Name = registered.Name, Source = MarketplaceSource.Show(registered), Status = MarketplaceStatus.Error, Reason = e.Message, ErrorId = e.ErrorId };
            return before is null || before.Place != registered.Place ? result : result with { Plugins = before.PluginCount, Artifacts = before.ArtifactCount, PluginProblems = TextValues.Of(before.Problems) };
        }
    }

    private async Task<FetchedMarketplace> FetchAsync(RegisteredMarketplace registered, FetchedMarketplace? before, CancellationToken cancellationToken)
    {
        try
        {
            var source = MarketplaceSource.Of(registered, _session.ContextFor(_store.Home));
            var fetched = await Fetcher(_store.Home).FetchAsync(source, registered.Place, before, cancellationToken).ConfigureAwait(false);
            Write(registered, fetched, cancellationToken);
            return fetched;
        }
        catch (SkillMeatException e)
        {
            Run(rows => rows.WriteFailure(registered.Name, registered.Place, Now, e.Message), cancellationToken);
            throw;
        }
    }

    // The rows can be lost between two questions: it is damaged, or somebody clears it.
    private async Task AnswerAsync(
        IReadOnlyList<RegisteredMarketplace> selected, bool isOffline, Action<MarketplaceRows, IReadOnlyDictionary<RegisteredMarketplace, MarketplaceHead>> answer, CancellationToken cancellationToken)
    {
        // Without marketplaces, there is nothing to ask the cache.
        if (selected.Count == 0) return;
        var tried = new HashSet<RegisteredMarketplace>();
        for (var round = 0; ; round++)
        {
            var missing = Read(rows =>
            {
                var heads = rows.ReadHeads().ToRowDictionary(head => head.Name);
                var known = selected.Where(one => heads.TryGetValue(one.Name, out var head) && head.Place == one.Place).ToDictionary(one => one, one => heads[one.Name]);
                var wanted = isOffline ? [] : selected.Where(one => !known.TryGetValue(one, out var head) ? round < 3 : !tried.Contains(one) && NeedsFetch(head)).ToList();
                if (wanted.Count == 0) answer(rows, known);
                return wanted;
            }, cancellationToken);
            if (missing.Count == 0)
            {
                foreach (var one in isOffline ? [] : selected) _cache.Usage.Count(!tried.Contains(one));
                return;
            }

            tried.UnionWith(missing);
            await Task.WhenAll(missing.Select(FetchIfPossibleAsync)).ConfigureAwait(false);
        }

        async Task FetchIfPossibleAsync(RegisteredMarketplace one)
        {
            try
            {
                await FetchAsync(one, Read(rows => rows.Read(one.Name), cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            catch (SkillMeatException)
            {
                // The reason is kept with the marketplace.
            }
        }
    }

    private async Task<T> AnswerAsync<T>(IReadOnlyList<RegisteredMarketplace> selected, bool isOffline, Func<IReadOnlyDictionary<RegisteredMarketplace, MarketplaceHead>, T> answer, CancellationToken cancellationToken)
    {
        var result = answer(new Dictionary<RegisteredMarketplace, MarketplaceHead>());
        await AnswerAsync(selected, isOffline, (_, heads) => result = answer(heads), cancellationToken).ConfigureAwait(false);
        return result;
    }

    private bool NeedsFetch(MarketplaceHead head) => (head.Fetched is not { } fetched || IsOld(fetched)) && (head.Failed is not { } failed || IsPast(failed, _afterFailure));

    private TimeSpan MostAge => TimeSpan.FromHours(_store.ReadConfig().MarketplaceHours);

    private bool IsOld(DateTimeOffset fetched) => IsPast(fetched, MostAge);

    // A wrong clock may have recorded a time in the future.
    private bool IsPast(DateTimeOffset time, TimeSpan age) => Now - time is var past && (past >= age || past < TimeSpan.Zero);

    private Marketplace Describe(RegisteredMarketplace one, MarketplaceHead? head) => new()
    {
        Name = one.Name,
        Source = MarketplaceSource.Show(one),
        Kind = one.Kind,
        RegisteredAt = one.RegisteredAt,
        Description = head?.Description,
        Version = head?.Version,
        Plugins = head?.Fetched is null ? null : head.Plugins,
        Artifacts = head?.Fetched is null ? null : head.Artifacts,
        UpstreamSha = head is { Commit.Length: > 0 } ? head.Commit : null,
        UpdatedAt = head?.Fetched,
        IsStale = head?.Fetched is not { } fetched || IsOld(fetched),
        Problem = head is null ? "It was not fetched yet." : head.Problem,
        PluginProblems = TextValues.Of(head?.Problems ?? []),
    };

    private static MarketplaceResult Result(RegisteredMarketplace one, MarketplaceStatus status, FetchedMarketplace fetched) => new()
    {
        Name = one.Name,
        Source = MarketplaceSource.Show(one),
        Status = status,
        Plugins = fetched.PluginCount,
        Artifacts = fetched.ArtifactCount,
        PluginProblems = TextValues.Of(fetched.Problems),
    };

    // A home without the collection has no artifacts.
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

    private static void CheckName(string name, string advice)
    {
        if (MarketplaceList.DescribeBadName(name) is { } problem) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{VisibleText.Line(name)}' is not a valid name of a marketplace: it {problem}. {advice}");
    }

    private MarketplaceFetcher Fetcher(string baseFolder) => new(_session, _session.ContextFor(baseFolder), _store.Time, Limits);

    private void Write(RegisteredMarketplace registered, FetchedMarketplace fetched, CancellationToken cancellationToken) => Run(rows => rows.Write(registered.Name, registered.Place, fetched), cancellationToken);

    // As of one moment: another process can write a list between two queries.
    private T Read<T>(Func<MarketplaceRows, T> work, CancellationToken cancellationToken) => InDatabase(connection => connection.Read(() => work(new MarketplaceRows(connection))), cancellationToken);

    private void Run(Action<MarketplaceRows> work, CancellationToken cancellationToken) => InDatabase(
        connection =>
        {
            work(new MarketplaceRows(connection));
            return true;
        },
        cancellationToken);

    private T InDatabase<T>(Func<CacheConnection, T> work, CancellationToken cancellationToken) =>
        _needsFile ? CacheUnusableException.Guard(_cache.Database, work, cancellationToken) : _cache.Database.Run(work, cancellationToken);
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The list of a home's marketplaces. Requests nothing.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class MarketplaceRegistry
{
    private readonly CollectionStore _store;
    private readonly string _path;

    /// <summary>Creates the registry of a home.</summary>
    /// <param name="store">The home.</param>
    public MarketplaceRegistry(CollectionStore store)
    {
        _store = store;
        _path = Path.Combine(store.Home, MarketplaceList.FileName);
    }

    /// <summary>Finds the names of registered marketplaces.</summary>
    /// <param name="names">The names. Empty for all.</param>
    /// <returns>The names, in order.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.MarketplaceNotFound"/>: one is not registered.</exception>
    public IReadOnlyList<string> FindNames(IReadOnlyList<NamePattern> names) => [.. Select(ReadList(), names).Select(one => one.Name)];

    /// <summary>Forgets marketplaces. Artifacts that came from them stay.</summary>
    /// <param name="names">The names.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The outcome for each marketplace.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.MarketplaceNotFound"/>: one is not registered. Nothing was changed.</exception>
    public Task<IReadOnlyList<MarketplaceResult>> UnregisterAsync(IReadOnlyList<NamePattern> names, TimeSpan lockTimeout, CancellationToken cancellationToken = default) => ChangeAsync<IReadOnlyList<MarketplaceResult>>(
        list =>
        {
            var removed = Select(list, names);
            list.Remove(removed);
            return [.. removed.Select(one => new MarketplaceResult { Name = one.Name, Source = MarketplaceSource.Show(one), Status = MarketplaceStatus.Removed })];
        },
        lockTimeout,
        cancellationToken);

    internal MarketplaceList ReadList() => MarketplaceList.Parse(_store.Storage.ReadConsistent([_path])[0], _path);

    /// <summary>Selects marketplaces by their names.</summary>
    /// <param name="list">The list.</param>
    /// <param name="names">The names. Empty for all.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.MarketplaceNotFound"/>: there is none of a name.</exception>
    internal static IReadOnlyList<RegisteredMarketplace> Select(MarketplaceList list, IReadOnlyList<NamePattern> names)
    {
        if (names.FirstOrDefault(name => name.IsLiteral && !list.All.Any(one => name.Fits(one.Name))) is { } missing)
        {
            var near = NearestName.Find(missing.Text, list.All.Select(one => one.Name));
            throw new SkillMeatException(ErrorIds.MarketplaceNotFound, $"No marketplace '{VisibleText.Line(missing.Text)}' is registered.{(near is null ? "" : $" Did you mean '{near}'?")}") { Nearest = near };
        }

        return [.. list.All.Where(one => names.Count == 0 || names.Any(name => name.Fits(one.Name))).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase)];
    }

    internal async Task<T> ChangeAsync<T>(Func<MarketplaceList, T> edit, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        using var held = await _store.Storage.LockAsync([CollectionStore.HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
        var bytes = _store.Storage.ReadConsistent([_path], cancellationToken)[0];
        var list = MarketplaceList.Parse(bytes, _path);
        var result = edit(list);
        var edited = list.ToBytes();
        if (bytes is null ? edited.Length == 0 : edited.AsSpan().SequenceEqual(bytes)) return result;
        var change = _store.Storage.Begin(held);
        change.Write(_path, edited, FileExpectation.Of(bytes));
        change.Commit(cancellationToken);
        return result;
    }
}

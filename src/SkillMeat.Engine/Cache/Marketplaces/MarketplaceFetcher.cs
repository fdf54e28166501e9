using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>Fetches the lists of marketplaces. A repository whose ref did not move is not listed again.</summary>
/// <param name="session">The session that queries upstream.</param>
/// <param name="context">The context of short forms.</param>
/// <param name="time">The clock.</param>
/// <param name="limits">The limits for repositories elsewhere.</param>
internal sealed class MarketplaceFetcher(UpstreamSession session, SourceContext context, TimeProvider time, PluginLimits limits)
{
    /// <summary>Fetches the list of a marketplace.</summary>
    /// <param name="source">The place.</param>
    /// <param name="place">The place of a registered marketplace as one text; null for one that is to be registered.</param>
    /// <param name="known">The list that was fetched before, or null.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="SkillMeatException">The list cannot be fetched. A plugin elsewhere that cannot be listed is no error.</exception>
    public async Task<FetchedMarketplace> FetchAsync(MarketplaceSource source, string? place, FetchedMarketplace? known, CancellationToken cancellationToken)
    {
        if (known?.Place != place) known = null;
        var lister = new PluginLister(session, time, limits);
        var repository = source.Kind == MarketplaceKind.Repository ? source.Readings[0] : null;
        var commits = known is null ? [] : await lister.AskAsync(repository, FindMoving(source, known.File), cancellationToken).ConfigureAwait(false);
        var isUnmoved = repository is not null && known is { Commit.Length: > 0 } && commits[PluginLister.KeyOf(repository)] == known.Commit;
        var (listed, file, etag) = isUnmoved ? (null, known!.File, null)
            : source.Address is not null ? await ReadAsync(source, known, cancellationToken).ConfigureAwait(false)
            : await ListAsync(lister, source, cancellationToken).ConfigureAwait(false);

        var content = Parse(source, file);
        var found = listed?.Listing.Source ?? repository;
        var fetched = new FetchedMarketplace(place ?? "", time.GetUtcNow(), [])
        {
            Found = found,
            Name = content?.Name ?? found?.Name ?? source.Address!.Host,
            Description = content?.Description,
            Version = content?.Version,
            Commit = listed?.Listing.Commit ?? known?.Commit ?? "",
            ETag = etag,
            File = file,
        };
        if (content is null) return fetched with { Plugins = isUnmoved ? lister.Renew(known!.Plugins) : [PluginLister.Everything(listed!, time.GetUtcNow())] };
        return fetched with { Plugins = await lister.ListAsync(content, listed, known, commits, cancellationToken).ConfigureAwait(false) };
    }

    private IReadOnlyList<SourceSpec> FindMoving(MarketplaceSource source, string? file) =>
        [.. Parse(source, file)?.Plugins.Where(plugin => !plugin.IsPinned).Select(plugin => plugin.Source).OfType<SourceSpec>() ?? []];

    private MarketplaceFile? Parse(MarketplaceSource source, string? file) =>
        file is null ? null : MarketplaceFile.Parse(file, source.Kind == MarketplaceKind.Repository ? $"{source.Shown}/{MarketplaceSource.FilePath}" : source.File ?? source.Shown, new PluginEntryReader(context, source.Kind, source.IsOwn));

    private async Task<(ListedPlaces? Listed, string? File, string? ETag)> ReadAsync(MarketplaceSource source, FetchedMarketplace? known, CancellationToken cancellationToken)
    {
        var (file, etag) = await session.ReadTextAsync(source.Address!, source.Shown, known is { File: { } text, ETag: { } tag } ? (text, tag) : null, cancellationToken).ConfigureAwait(false);
        return (null, file, etag);
    }

    private static async Task<(ListedPlaces? Listed, string? File, string? ETag)> ListAsync(PluginLister lister, MarketplaceSource source, CancellationToken cancellationToken)
    {
        var listed = await lister.ListAsync(source.Shown, source.Readings, cancellationToken).ConfigureAwait(false);
        var root = listed.Listing.Source;
        if (root.Repository.Folder is { } folder)
        {
            var path = source.File ?? Path.Combine(folder, MarketplaceSource.FilePath.Replace('/', Path.DirectorySeparatorChar));
            return (listed, Disk.HasEntry(path) ? Encoding.UTF8.GetString(StorageGuard.Run("read", path, () => RegularFile.ReadAllBytes(path, MarketplaceFile.MostBytes))) : null, null);
        }

        var file = root.Path.Length == 0 ? MarketplaceSource.FilePath : $"{root.Path}/{MarketplaceSource.FilePath}";
        if (!listed.Listing.Items.Any(item => item.Path == file)) return (listed, null, null);
        var reading = await lister.ReadAsync(listed.Listing, file, cancellationToken).ConfigureAwait(false);
        return (listed, reading.Error is { } error ? throw error : reading.File?.Text ?? throw new SkillMeatException(ErrorIds.InvalidData, $"'{source.Shown}/{MarketplaceSource.FilePath}' is not a valid marketplace: it is no text."), null);
    }
}

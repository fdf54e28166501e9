using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Background.Tasks;

/// <summary>Fetches the lists of registered marketplaces when they are too old.</summary>
/// <param name="cache">The cache.</param>
/// <param name="open">Opens the home.</param>
/// <param name="options">The options of the connection to upstream.</param>
internal sealed class MarketplacesTask(HomeCache cache, Func<CollectionStore> open, UpstreamSessionOptions options) : IRefreshTask
{
    /// <inheritdoc/>
    public string Name => "marketplaces";

    /// <inheritdoc/>
    public bool FollowsFiles => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindExpired(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var session = cache.ConnectTo(open(), options);
        // Completes at once, because nothing is requested.
        var known = new MarketplaceCatalog(cache, session, needsFile: true).ListAsync([], isOffline: true, cancellationToken).GetAwaiter().GetResult();
        return [.. known.Where(one => one.IsStale).Select(one => one.Name)];
    }

    /// <inheritdoc/>
    public async Task<RefreshOutcome> RunAsync(IReadOnlyList<string> expired, CancellationToken cancellationToken)
    {
        using var session = cache.ConnectTo(open(), options);
        var results = await new MarketplaceCatalog(cache, session, needsFile: true).UpdateAsync([.. expired.Select(NamePattern.Simple)], cancellationToken).ConfigureAwait(false);
        session.SaveCaches();
        var failed = results.Where(one => one.Status == MarketplaceStatus.Error).ToList();
        return new RefreshOutcome(results.Count - failed.Count, failed.Count, [.. failed.Select(one => $"marketplace {one.Name}: {one.Reason}")])
        {
            IsLimited = failed.Any(one => one.ErrorId is Errors.ErrorIds.UpstreamRateLimited or Errors.ErrorIds.UpstreamSecondaryRateLimited),
        };
    }
}

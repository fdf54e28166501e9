namespace SkillMeat.Upstream.GitHub;

/// <summary>Distributes lookups over queries.</summary>
/// <param name="parallelQueries">The maximum number of concurrent queries.</param>
/// <remarks>
/// GitHub cancels a query after ten seconds with 502 or 504, and deducts extra points for the next hour ("Rate limits and query limits for the
/// GraphQL API", timeouts). Since September 2025 it also answers RESOURCE_LIMITS_EXCEEDED to queries that it finds too expensive. The limit is not
/// documented; 50 repositories and 250 lookups are far below those that users have reported.
/// </remarks>
internal sealed class GraphQlBatcher(int parallelQueries)
{
    /// <summary>The maximum number of repositories in a query.</summary>
    public const int MostRepositories = 50;

    /// <summary>The maximum number of lookups in a query.</summary>
    public const int MostLookups = 250;

    /// <summary>With fewer lookups, a query is fast enough that splitting it saves nothing.</summary>
    private const int WorthSplitting = 50;

    /// <summary>
    /// With fewer lookups, a query for one repository should not take ten seconds; if GitHub does not answer it, halving it does not help.
    /// </summary>
    private const int WorthHalving = 20;

    /// <summary>The maximum number of concurrent queries.</summary>
    public int ParallelQueries => parallelQueries;

    /// <summary>
    /// Distributes the shares over as few queries as the limits allow, but over as many as can run concurrently if there are many lookups, because
    /// the slowest query decides.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<GraphQlShare>> Spread(IReadOnlyList<GraphQlShare> shares, int parallelQueries)
    {
        var total = shares.Sum(s => s.Lookups.Count);
        var queries = Math.Max(Ceiling(total, MostLookups), Math.Max(Ceiling(shares.Count, MostRepositories), Math.Min(parallelQueries, total / WorthSplitting)));
        var batches = new List<IReadOnlyList<GraphQlShare>>();
        var batch = new List<GraphQlShare>();
        var (inBatch, spread) = (0, 0L);
        foreach (var part in shares.SelectMany(Split))
        {
            // Measured from the start of the first query, so that rounding does not add up to an extra query.
            var isShare = total > 0 && spread >= (long)total * (batches.Count + 1) / Math.Max(1, queries);
            if (batch.Count > 0 && (batch.Count == MostRepositories || inBatch + part.Lookups.Count > MostLookups || isShare))
            {
                batches.Add(batch);
                (batch, inBatch) = ([], 0);
            }

            batch.Add(part);
            inBatch += part.Lookups.Count;
            spread += part.Lookups.Count;
        }

        if (batch.Count > 0)
        {
            batches.Add(batch);
        }

        return batches;
    }

    /// <inheritdoc cref="Spread(IReadOnlyList{GraphQlShare}, int)"/>
    public IReadOnlyList<IReadOnlyList<GraphQlShare>> Spread(IReadOnlyList<GraphQlShare> shares) => Spread(shares, parallelQueries);

    /// <summary>Halves a query that was too large; returns null if that is pointless.</summary>
    /// <param name="batch">The query.</param>
    /// <param name="isSure">Whether GitHub stated that the query was too large; a 502 can have other causes.</param>
    public static (IReadOnlyList<GraphQlShare> First, IReadOnlyList<GraphQlShare> Second)? Halve(IReadOnlyList<GraphQlShare> batch, bool isSure)
    {
        if (batch.Count > 1)
        {
            var middle = batch.Count / 2;
            return (batch.Take(middle).ToList(), batch.Skip(middle).ToList());
        }

        var share = batch[0];
        var half = share.Lookups.Count / 2;
        return half == 0 || (!isSure && share.Lookups.Count <= WorthHalving)
            ? null
            : ([share.Part(0, half)], [share.Part(half, share.Lookups.Count - half)]);
    }

    private static int Ceiling(int count, int most) => (count + most - 1) / most;

    private static IEnumerable<GraphQlShare> Split(GraphQlShare share)
    {
        if (share.Lookups.Count <= MostLookups)
        {
            yield return share;
            yield break;
        }

        for (var first = 0; first < share.Lookups.Count; first += MostLookups)
        {
            yield return share.Part(first, Math.Min(MostLookups, share.Lookups.Count - first));
        }
    }
}

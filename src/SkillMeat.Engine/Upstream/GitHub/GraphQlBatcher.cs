namespace SkillMeat.Upstream.GitHub;

/// <summary>Spreads what is asked over queries.</summary>
/// <param name="parallelQueries">How many queries may be under way at once.</param>
/// <remarks>
/// GitHub gives a query ten seconds, then answers 502 or 504 and takes extra points for the next hour ("Rate limits and query limits for the GraphQL API", timeouts);
/// since September 2025 it also answers RESOURCE_LIMITS_EXCEEDED to what it finds too expensive. What that is, is not disclosed; 50 repositories and 250 lookups are
/// far below what people have met.
/// </remarks>
internal sealed class GraphQlBatcher(int parallelQueries)
{
    /// <summary>The most repositories in a query.</summary>
    public const int MostRepositories = 50;

    /// <summary>The most lookups in a query.</summary>
    public const int MostLookups = 250;

    /// <summary>Below this a query is answered at once, and another one saves nothing.</summary>
    private const int WorthSplitting = 50;

    /// <summary>A query for one repository with as few lookups as this takes GitHub no ten seconds; where it does not answer that, halves don't help.</summary>
    private const int WorthHalving = 20;

    /// <summary>How many queries may be under way at once.</summary>
    public int ParallelQueries => parallelQueries;

    /// <summary>As few queries as the limits allow; but for many lookups as many as may run at once, because the slowest one decides.</summary>
    public static IReadOnlyList<IReadOnlyList<GraphQlShare>> Spread(IReadOnlyList<GraphQlShare> shares, int parallelQueries)
    {
        var total = shares.Sum(s => s.Lookups.Count);
        var queries = Math.Max(Ceiling(total, MostLookups), Math.Max(Ceiling(shares.Count, MostRepositories), Math.Min(parallelQueries, total / WorthSplitting)));
        var batches = new List<IReadOnlyList<GraphQlShare>>();
        var batch = new List<GraphQlShare>();
        var (inBatch, spread) = (0, 0L);
        foreach (var part in shares.SelectMany(Split))
        {
            // Measured from the first query's beginning, so that rounding does not add up to one query more.
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

    /// <summary>Halves a query that was too much; null when that is not worth it.</summary>
    /// <param name="batch">The query.</param>
    /// <param name="isSure">Whether GitHub said that it was too much; a 502 can have other causes too.</param>
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

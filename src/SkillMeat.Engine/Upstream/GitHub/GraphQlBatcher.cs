namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Spreads questions over queries. GitHub gives a query ten seconds and an undisclosed budget, so a query is bounded by the objects that it looks up;
/// below that bound there are as many queries as may run at once, because the slowest one decides.
/// </summary>
internal sealed class GraphQlBatcher(int largestQuery, int smallestQuery, int parallelQueries)
{
    /// <summary>How many queries may be under way at once.</summary>
    public int ParallelQueries => parallelQueries;

    /// <summary>Below this a query is not what GitHub finds too much.</summary>
    public const int WorthHalving = 20;

    /// <summary>Objects per query: 1,000 take GitHub one to three seconds. Below 200 another query saves nothing.</summary>
    public static GraphQlBatcher Default(int parallelQueries) => new(largestQuery: 1000, smallestQuery: 200, parallelQueries);

    public IReadOnlyList<IReadOnlyList<GraphQlPart>> Spread(IReadOnlyList<RepositoryQuestion> questions)
    {
        var whole = questions.Select(q => new GraphQlPart(q, 0, q.Paths.Count)).ToList();
        var total = whole.Sum(p => p.Weight);
        var queries = Math.Max(1, Math.Max((total + largestQuery - 1) / largestQuery, Math.Min(parallelQueries, total / smallestQuery)));
        var batches = new List<IReadOnlyList<GraphQlPart>>();
        var batch = new List<GraphQlPart>();
        long used = 0;
        foreach (var part in whole.SelectMany(Split))
        {
            // Measured from the first query's beginning, so that rounding does not add up to one query more.
            if (batch.Count > 0 && used >= (long)total * (batches.Count + 1) / queries)
            {
                batches.Add(batch);
                batch = [];
            }

            batch.Add(part);
            used += part.Weight;
        }

        if (batch.Count > 0)
        {
            batches.Add(batch);
        }

        return batches;
    }

    /// <summary>Halves a query that was too much; null when it can't be halved.</summary>
    public static (IReadOnlyList<GraphQlPart> First, IReadOnlyList<GraphQlPart> Second)? Halve(IReadOnlyList<GraphQlPart> batch)
    {
        if (batch.Count > 1)
        {
            var middle = batch.Count / 2;
            return (batch.Take(middle).ToList(), batch.Skip(middle).ToList());
        }

        var part = batch[0];
        var half = part.PathCount / 2;
        return half == 0
            ? null
            : ([part with { PathCount = half }], [part with { FirstPath = part.FirstPath + half, PathCount = part.PathCount - half }]);
    }

    private IEnumerable<GraphQlPart> Split(GraphQlPart part)
    {
        if (part.Weight <= largestQuery)
        {
            yield return part;
            yield break;
        }

        var first = 0;
        while (first < part.PathCount)
        {
            var (count, weight) = (0, 0);
            while (first + count < part.PathCount && (count == 0 || weight < largestQuery - 8))
            {
                weight += GraphQlPart.WeightOf(part.Question.Paths[first + count]);
                count++;
            }

            yield return part with { FirstPath = first, PathCount = count };
            first += count;
        }
    }
}

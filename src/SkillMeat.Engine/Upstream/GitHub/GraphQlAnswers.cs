namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Puts the shares of each repository together again. Queries are answered in any order, and a large repository is spread over several:
/// its answer is whole when the last query that holds a share of it is.
/// </summary>
internal sealed class GraphQlAnswers
{
    private readonly object _turn = new();
    private readonly Dictionary<RepositoryAddress, List<RepositoryAnswer>> _shares = [];
    private readonly Dictionary<RepositoryAddress, int> _missing;
    private readonly List<RepositoryAnswer> _whole = [];
    private readonly Action<RepositoryAnswer> _answered;

    public GraphQlAnswers(IReadOnlyList<IReadOnlyList<GraphQlPart>> batches, Action<RepositoryAnswer> answered)
    {
        _answered = answered;
        _missing = batches.SelectMany(b => b).GroupBy(p => p.Question.Repository).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>The whole answers; complete when every query is answered.</summary>
    public IReadOnlyList<RepositoryAnswer> Whole => _whole;

    public void Add(IReadOnlyList<GraphQlPart> batch, IReadOnlyList<RepositoryAnswer> answers)
    {
        foreach (var answer in Collect(batch, answers))
        {
            _answered(answer);
        }
    }

    private List<RepositoryAnswer> Collect(IReadOnlyList<GraphQlPart> batch, IReadOnlyList<RepositoryAnswer> answers)
    {
        lock (_turn)
        {
            foreach (var answer in answers)
            {
                if (!_shares.TryGetValue(answer.Question.Repository, out var shares))
                {
                    _shares[answer.Question.Repository] = shares = [];
                }

                shares.Add(answer);
            }

            var completed = batch.Select(p => p.Question.Repository).Where(r => --_missing[r] == 0).Select(r => Join(_shares[r])).ToList();
            _whole.AddRange(completed);
            return completed;
        }
    }

    private static RepositoryAnswer Join(List<RepositoryAnswer> shares)
    {
        var ordered = shares.OrderBy(s => s.FirstPath).ToList();
        return ordered.Count == 1
            ? ordered[0]
            : ordered[0] with
            {
                Error = ordered.Select(s => s.Error).FirstOrDefault(e => e is not null),
                Paths = ordered.SelectMany(s => s.Paths).ToList(),
                RenamedTo = ordered.Select(s => s.RenamedTo).FirstOrDefault(r => r is not null),
            };
    }
}

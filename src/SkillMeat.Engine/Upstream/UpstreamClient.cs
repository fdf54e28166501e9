namespace SkillMeat.Upstream;

/// <summary>Passes each question to the provider for its repository, and runs all providers in parallel.</summary>
/// <param name="choose">Returns the provider for a repository.</param>
internal sealed class UpstreamClient(Func<RepositoryAddress, CancellationToken, ValueTask<IUpstreamProvider>> choose) : IUpstreamProvider
{
    public async Task AskAsync(IReadOnlyList<RepositoryQuestion> questions, Action<RepositoryAnswer> answered, CancellationToken cancellationToken)
    {
        var shares = await ShareAsync(questions, q => q.Repository, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(shares.Select(s => s.Key.AskAsync(s.Value, answered, cancellationToken))).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken) =>
        SpreadAsync(questions, q => q.Repository, (provider, share) => provider.ListAsync(share, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<TreeAnswer>> ListEarlyAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken) =>
        SpreadAsync(questions, q => q.Repository, (provider, share) => provider.ListEarlyAsync(share, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken) =>
        SpreadInOrderAsync(questions, q => q.Repository, (provider, share) => provider.ReadAsync(share, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<CommitAnswer>> CountCommitsAsync(IReadOnlyList<CommitQuestion> questions, CancellationToken cancellationToken) =>
        SpreadInOrderAsync(questions, q => q.Repository, (provider, share) => provider.CountCommitsAsync(share, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<TAnswer>> SpreadInOrderAsync<TQuestion, TAnswer>(
        IReadOnlyList<TQuestion> questions,
        Func<TQuestion, RepositoryAddress> repositoryOf,
        Func<IUpstreamProvider, IReadOnlyList<TQuestion>, Task<IReadOnlyList<TAnswer>>> ask,
        CancellationToken cancellationToken)
    {
        var answers = new TAnswer[questions.Count];
        var places = Enumerable.Range(0, questions.Count).ToList();
        await SpreadAsync(
            places,
            i => repositoryOf(questions[i]),
            async (provider, share) =>
            {
                var given = await ask(provider, share.Select(i => questions[i]).ToList()).ConfigureAwait(false);
                for (var i = 0; i < share.Count; i++)
                {
                    answers[share[i]] = given[i];
                }

                return given;
            },
            cancellationToken).ConfigureAwait(false);
        return answers;
    }

    private async Task<IReadOnlyList<TAnswer>> SpreadAsync<TQuestion, TAnswer>(
        IReadOnlyList<TQuestion> questions,
        Func<TQuestion, RepositoryAddress> repositoryOf,
        Func<IUpstreamProvider, IReadOnlyList<TQuestion>, Task<IReadOnlyList<TAnswer>>> ask,
        CancellationToken cancellationToken)
    {
        var shares = await ShareAsync(questions, repositoryOf, cancellationToken).ConfigureAwait(false);
        var answers = await Task.WhenAll(shares.Select(s => ask(s.Key, s.Value))).ConfigureAwait(false);
        return answers.Length == 1 ? answers[0] : answers.SelectMany(a => a).ToList();
    }

    /// <summary>Groups questions by the provider that answers them.</summary>
    private async Task<Dictionary<IUpstreamProvider, List<TQuestion>>> ShareAsync<TQuestion>(
        IReadOnlyList<TQuestion> questions, Func<TQuestion, RepositoryAddress> repositoryOf, CancellationToken cancellationToken)
    {
        var shares = new Dictionary<IUpstreamProvider, List<TQuestion>>();
        foreach (var question in questions)
        {
            var provider = await choose(repositoryOf(question), cancellationToken).ConfigureAwait(false);
            if (!shares.TryGetValue(provider, out var share))
            {
                shares[provider] = share = [];
            }

            share.Add(question);
        }

        return shares;
    }
}

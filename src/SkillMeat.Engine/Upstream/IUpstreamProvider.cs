namespace SkillMeat.Upstream;

/// <summary>
/// A way to query repositories. Every call takes many questions at once; the provider groups, pages and parallelizes them as it sees fit. A failing
/// repository does not affect the others: its answer carries the error.
/// </summary>
internal interface IUpstreamProvider
{
    /// <summary>Asks about artifacts. No answer is kept, because those of thousands of artifacts together are large.</summary>
    /// <param name="questions">The questions, one for each repository.</param>
    /// <param name="answered">Called with the answer to each question as it arrives, in no particular order, from any thread.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    Task AskAsync(IReadOnlyList<RepositoryQuestion> questions, Action<RepositoryAnswer> answered, CancellationToken cancellationToken);

    /// <summary>Lists every file and folder of repositories, each at a commit that an earlier answer named.</summary>
    Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken);

    /// <summary>
    /// Lists repositories at refs whose commits are not known yet, where that takes one request. What cannot be listed so is absent: asking about the ref finds the reason. The commit must be asked for
    /// afterwards, because a ref can be ambiguous, or move.
    /// </summary>
    Task<IReadOnlyList<TreeAnswer>> ListEarlyAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TreeAnswer>>([]);

    /// <summary>Reads text files. The results are in the order of the questions.</summary>
    Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken);

    /// <summary>Counts the commits between commits. The answers are in the order of the questions.</summary>
    Task<IReadOnlyList<CommitAnswer>> CountCommitsAsync(IReadOnlyList<CommitQuestion> questions, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommitAnswer>>([.. questions.Select(_ => CommitAnswer.Unknowable)]);
}

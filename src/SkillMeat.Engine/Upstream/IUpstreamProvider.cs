namespace SkillMeat.Upstream;

/// <summary>
/// One way to ask repositories. Every call names many at once, and the provider groups, pages and parallelizes them as suits it.
/// A repository that fails fails alone: its answer carries the error.
/// </summary>
internal interface IUpstreamProvider
{
    /// <summary>Asks about artifacts; one answer for each question, in no particular order.</summary>
    /// <param name="questions">One for each repository.</param>
    /// <param name="answered">Told each answer as soon as it is there, from any thread.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    Task<IReadOnlyList<RepositoryAnswer>> AskAsync(IReadOnlyList<RepositoryQuestion> questions, Action<RepositoryAnswer> answered, CancellationToken cancellationToken);

    /// <summary>Lists every file and folder of some repositories, each at a commit that an answer named.</summary>
    Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken);

    /// <summary>Reads text files, in the order of the questions.</summary>
    Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken);
}

using SkillMeat.Errors;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches the content of artifacts into a home's store. There is one download for each repository and commit, and all downloads run in parallel
/// within the limits of the connection.
/// </summary>
/// <param name="choose">Returns the content source for a repository.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class ContentFetcher(Func<RepositoryAddress, CancellationToken, ValueTask<IContentSource>> choose)
{
    private const int CommitLength = 40;

    /// <summary>Fetches content into the store.</summary>
    /// <param name="questions">The wanted content; several questions may concern the same repository.</param>
    /// <param name="store">The store of the home.</param>
    /// <param name="cancellationToken">Cancels all downloads. Content that was stored before then stays, without references to it.</param>
    /// <returns>The answers in the order of the questions. An error of one repository does not affect the others.</returns>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public async Task<IReadOnlyList<ContentAnswer>> FetchAsync(IReadOnlyList<ContentQuestion> questions, ObjectStore store, CancellationToken cancellationToken)
    {
        var answers = new ContentAnswer[questions.Count];
        var downloads = Enumerable.Range(0, questions.Count).GroupBy(place => DownloadOf(questions[place])).Select(async same =>
        {
            var places = same.ToList();
            var shared = await AnswerAsync(places.ConvertAll(place => questions[place]), same.Key.Commit, store, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < places.Count; i++) answers[places[i]] = shared[i];
        });
        await Task.WhenAll(downloads).ConfigureAwait(false);
        return answers;
    }

    private static (RepositoryAddress Repository, string Commit) DownloadOf(ContentQuestion question) =>
        (question.Repository, question.Repository.Kind == RepositoryKind.Folder ? "" : question.Commit.ToLowerInvariant());

    private static FetchedPath Unusable(string path) =>
        new(path, Entry: null, new SkillMeatException(ErrorIds.InvalidArgument, $"'{new string(path.Where(c => !char.IsControl(c)).ToArray())}' is not a valid path in a repository."));

    private async Task<List<ContentAnswer>> AnswerAsync(List<ContentQuestion> questions, string commit, ObjectStore store, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = await DownloadAsync(questions, commit, store, cancellationToken).ConfigureAwait(false);
            return questions.ConvertAll(question => new ContentAnswer(question, question.Paths.Select(path => Find(path, fetched)).ToList(), Error: null));
        }
        catch (SkillMeatException e)
        {
            return questions.ConvertAll(question => new ContentAnswer(question, [], e));
        }
    }

    private static FetchedPath Find(string path, IReadOnlyDictionary<string, FetchedPath> fetched) =>
        WantedPath.Normalize(path) is { } usual ? fetched[usual] with { Path = path } : Unusable(path);

    private async Task<IReadOnlyDictionary<string, FetchedPath>> DownloadAsync(List<ContentQuestion> questions, string commit, ObjectStore store, CancellationToken cancellationToken)
    {
        var repository = questions[0].Repository;
        // The commit becomes part of addresses and an argument of a program.
        if (repository.Kind != RepositoryKind.Folder && (commit.Length != CommitLength || !commit.All(char.IsAsciiHexDigit)))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{repository}: the commit must have 40 hex digits.");
        }

        var paths = questions.SelectMany(question => question.Paths).Select(WantedPath.Normalize).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (paths.Count == 0) return new Dictionary<string, FetchedPath>();
        var source = await choose(repository, cancellationToken).ConfigureAwait(false);
        var fetched = await source.FetchAsync(new ContentQuestion(repository, commit, paths), store, cancellationToken).ConfigureAwait(false);
        return fetched.ToDictionary(path => path.Path, StringComparer.Ordinal);
    }
}

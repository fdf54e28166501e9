using SkillMeat.Errors;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Brings content of artifacts into a home's store: one download for each repository and commit, whatever number of paths is wanted of it, all downloads at once as far as the
/// connection lets them.
/// </summary>
/// <param name="choose">Says how a repository's content is had.</param>
/// <remarks>Safe from several threads.</remarks>
internal sealed class ContentFetcher(Func<RepositoryAddress, CancellationToken, ValueTask<IContentSource>> choose)
{
    private const int CommitLength = 40;

    /// <summary>Fetches. What an answer tells of is in the store.</summary>
    /// <param name="questions">What is wanted; several may be about one repository.</param>
    /// <param name="store">The home's store.</param>
    /// <param name="cancellationToken">Ends all downloads. What was stored before stays, and does no harm: nothing names it.</param>
    /// <returns>The answers in the questions' order. What went wrong with a repository is in its answers, and holds up no other.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
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
        new(path, Entry: null, new SkillMeatException(ErrorIds.InvalidArgument, $"'{new string(path.Where(c => !char.IsControl(c)).ToArray())}' can't be a path in a repository."));

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
        // It becomes part of addresses, and an argument of a program.
        if (repository.Kind != RepositoryKind.Folder && (commit.Length != CommitLength || !commit.All(char.IsAsciiHexDigit)))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{repository}: content is fetched by the 40 digits of a commit.");
        }

        var paths = questions.SelectMany(question => question.Paths).Select(WantedPath.Normalize).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (paths.Count == 0) return new Dictionary<string, FetchedPath>();
        var source = await choose(repository, cancellationToken).ConfigureAwait(false);
        var fetched = await source.FetchAsync(new ContentQuestion(repository, commit, paths), store, cancellationToken).ConfigureAwait(false);
        return fetched.ToDictionary(path => path.Path, StringComparer.Ordinal);
    }
}

using SkillMeat.Errors;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches the content of artifacts into a home's store. There is one download for each repository and commit, and all downloads run in parallel
/// within the limits of the connection. All of it goes into one pack of the store.
/// </summary>
/// <param name="choose">Returns the content source for a repository that is not a folder.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class ContentFetcher(Func<RepositoryAddress, CancellationToken, ValueTask<IContentSource>> choose)
{
    private const int CommitLength = 40;

    /// <summary>Fetches content into the store.</summary>
    /// <param name="questions">The wanted content; several questions may concern the same repository.</param>
    /// <param name="store">The store of the home.</param>
    /// <param name="cancellationToken">Cancels all downloads; nothing is stored then.</param>
    /// <returns>The answers in the order of the questions. An error of one repository does not affect the others.</returns>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public async Task<IReadOnlyList<ContentAnswer>> FetchAsync(IReadOnlyList<ContentQuestion> questions, ObjectStore store, CancellationToken cancellationToken)
    {
        var answers = new ContentAnswer[questions.Count];
        using var objects = store.BeginBatch();
        var downloads = Enumerable.Range(0, questions.Count).GroupBy(place => DownloadOf(questions[place]))
            .Select(same => (Question: Combine(same.Key, same.Select(place => questions[place])), Places: same.ToList()))
            .ToLookup(download => download.Question.Repository.Kind == RepositoryKind.Folder);
        await Task.WhenAll(downloads[false].Select(FetchOneAsync).Append(ReadFoldersAsync([.. downloads[true]]))).ConfigureAwait(false);
        return Committed(answers, objects);

        async Task FetchOneAsync((ContentQuestion Question, List<int> Places) download) =>
            Share(download.Places, await AnswerAsync(download.Question, objects, cancellationToken).ConfigureAwait(false));

        async Task ReadFoldersAsync(List<(ContentQuestion Question, List<int> Places)> reads)
        {
            var read = await AnswerFoldersAsync(reads.ConvertAll(one => one.Question), objects, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < reads.Count; i++) Share(reads[i].Places, read[i]);
        }

        void Share(List<int> places, ContentAnswer shared)
        {
            var fetched = shared.Paths.ToDictionary(path => path.Path, StringComparer.Ordinal);
            foreach (var place in places)
            {
                var paths = shared.Error is null ? questions[place].Paths.Select(path => Find(path, fetched)).ToList() : [];
                answers[place] = new ContentAnswer(questions[place], paths, shared.Error);
            }
        }
    }

    private static (RepositoryAddress Repository, string Commit) DownloadOf(ContentQuestion question) =>
        (question.Repository, question.Repository.Kind == RepositoryKind.Folder ? "" : question.Commit.ToLowerInvariant());

    // A question for all of them, with each path once, and without those that cannot be in a repository.
    private static ContentQuestion Combine((RepositoryAddress Repository, string Commit) download, IEnumerable<ContentQuestion> questions) =>
        new(download.Repository, download.Commit, [.. questions.SelectMany(question => question.Paths).Select(WantedPath.Normalize).OfType<string>().Distinct(StringComparer.Ordinal)]);

    private static IReadOnlyList<ContentAnswer> Committed(IReadOnlyList<ContentAnswer> answers, ObjectBatch objects)
    {
        if (answers.All(answer => answer.Error is not null)) return answers;
        try
        {
            objects.Commit();
            return answers;
        }
        catch (StorageException e)
        {
            return [.. answers.Select(answer => answer.Error is null ? answer with { Paths = [], Error = e } : answer)];
        }
    }

    private static FetchedPath Unusable(string path) =>
        new(path, Entry: null, new SkillMeatException(ErrorIds.InvalidArgument, $"'{new string(path.Where(c => !char.IsControl(c)).ToArray())}' is not a valid path in a repository."));

    private async Task<ContentAnswer> AnswerAsync(ContentQuestion question, ObjectBatch objects, CancellationToken cancellationToken)
    {
        try
        {
            return new ContentAnswer(question, await DownloadAsync(question, objects, cancellationToken).ConfigureAwait(false), Error: null);
        }
        catch (SkillMeatException e)
        {
            return new ContentAnswer(question, [], e);
        }
    }

    private static async Task<IReadOnlyList<ContentAnswer>> AnswerFoldersAsync(List<ContentQuestion> questions, ObjectBatch objects, CancellationToken cancellationToken)
    {
        if (questions.Count == 0) return [];
        try
        {
            return await FolderContents.FetchAsync(questions, objects, cancellationToken).ConfigureAwait(false);
        }
        catch (SkillMeatException e)
        {
            return questions.ConvertAll(question => new ContentAnswer(question, [], e));
        }
    }

    private static FetchedPath Find(string path, Dictionary<string, FetchedPath> fetched) =>
        WantedPath.Normalize(path) is { } usual ? fetched[usual] with { Path = path } : Unusable(path);

    private async Task<IReadOnlyList<FetchedPath>> DownloadAsync(ContentQuestion question, ObjectBatch objects, CancellationToken cancellationToken)
    {
        // The commit becomes part of addresses and an argument of a program.
        if (question.Commit.Length != CommitLength || !question.Commit.All(char.IsAsciiHexDigit))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{question.Repository}: the commit must have 40 hex digits.");
        }

        if (question.Paths.Count == 0) return [];
        var source = await choose(question.Repository, cancellationToken).ConfigureAwait(false);
        return await source.FetchAsync(question, objects, cancellationToken).ConfigureAwait(false);
    }
}

using System.Collections.Concurrent;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git.Wire;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// Queries any git host with git's own protocol, which has no API limit: refs in one request for each repository, trees only if a ref moved, texts
/// only if they are requested.
/// </summary>
/// <param name="http">Sends requests.</param>
/// <param name="restOf">
/// Returns the REST API of a repository on GitHub, for facts and objects that git does not provide; null for other hosts.
/// </param>
/// <param name="programOf">Returns the transport for a repository that is reached by ssh.</param>
/// <param name="ids">The known object ids, which are not requested again.</param>
/// <param name="withoutToken">Whether to omit the token even for its own host.</param>
internal sealed class GitProvider(
    UpstreamHttp http, Func<RepositoryAddress, GitHubRest?> restOf, Func<RepositoryAddress, IGitTransport> programOf, IObjectIdCache ids, bool withoutToken = false)
    : IUpstreamProvider, IDisposable
{
    private readonly ConcurrentDictionary<RepositoryAddress, GitRepository> _repositories = new();

    /// <summary>
    /// Queries repositories. Their facts cost requests that are scarce, so they are read last, and first for repositories whose commit moved.
    /// </summary>
    public async Task AskAsync(IReadOnlyList<RepositoryQuestion> questions, Action<RepositoryAnswer> answered, CancellationToken cancellationToken)
    {
        var waiting = new ConcurrentQueue<RepositoryAnswer>();
        await Task.WhenAll(questions.Select(async question =>
        {
            var answer = await AskOneAsync(question, cancellationToken).ConfigureAwait(false);
            if (MustAskFacts(answer) && !HasMoved(answer)) waiting.Enqueue(answer);
            else await CompleteAsync(answer, answered, cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
        await Task.WhenAll(waiting.Select(answer => CompleteAsync(answer, answered, cancellationToken))).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken) =>
        await Task.WhenAll(questions.Select(q => ListOneAsync(q, cancellationToken))).ConfigureAwait(false);

    public Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken) =>
        EachRepositoryAsync(questions, q => q.Repository, (repository, share) => ReadFromOneAsync(repository, share, cancellationToken));

    /// <summary>Counts commits. The history is fetched over HTTP only: the git program that reaches a repository by ssh fetches no history.</summary>
    public Task<IReadOnlyList<CommitAnswer>> CountCommitsAsync(IReadOnlyList<CommitQuestion> questions, CancellationToken cancellationToken) =>
        EachRepositoryAsync(questions, q => q.Repository, async (repository, share) => repository.IsSsh
            ? [.. share.Select(_ => CommitAnswer.Unknowable)]
            : await new CommitCounter(RepositoryOf(repository)).CountAsync(share, cancellationToken).ConfigureAwait(false));

    private static async Task<IReadOnlyList<TAnswer>> EachRepositoryAsync<TQuestion, TAnswer>(
        IReadOnlyList<TQuestion> questions, Func<TQuestion, RepositoryAddress> repositoryOf, Func<RepositoryAddress, List<TQuestion>, Task<IReadOnlyList<TAnswer>>> ask)
    {
        var answers = new TAnswer[questions.Count];
        var groups = Enumerable.Range(0, questions.Count).GroupBy(i => repositoryOf(questions[i]));
        await Task.WhenAll(groups.Select(async places =>
        {
            var order = places.ToList();
            var given = await ask(places.Key, order.Select(i => questions[i]).ToList()).ConfigureAwait(false);
            for (var i = 0; i < order.Count; i++)
            {
                answers[order[i]] = given[i];
            }
        })).ConfigureAwait(false);
        return answers;
    }

    /// <summary>Returns a reader of the trees of a commit, or null if they have not been fetched for an answer.</summary>
    /// <returns>Reads a tree, or the root of the commit. Throws a <see cref="GitProtocolException"/> for a tree that the commit does not have.</returns>
    public Func<GitOid, IReadOnlyList<GitTreeEntry>>? FindTrees(RepositoryAddress repository, GitOid commit) =>
        _repositories.TryGetValue(repository, out var known) ? known.FindTrees(commit) : null;

    public void Dispose()
    {
        foreach (var repository in _repositories.Values)
        {
            repository.Dispose();
        }
    }

    private async Task<RepositoryAnswer> AskOneAsync(RepositoryQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            // With the texts, nothing is left to read from the repository. Its objects take much memory, so they are released then.
            var isWhole = question.Containers.Count == 0 && question.Paths.All(path => path.Manifest == ManifestDetail.Text);
            using var own = isWhole ? NewRepository(question.Repository) : null;
            return await new GitQuestion(own ?? RepositoryOf(question.Repository), question, ids).AskAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e)
        {
            return new RepositoryAnswer { Question = question, Error = e };
        }
    }

    private bool MustAskFacts(RepositoryAnswer answer) =>
        answer.Error is null && answer.Question.WithFacts && restOf(answer.Question.Repository) is { } rest && rest.FindFacts(answer.Question.Repository) is null;

    private static bool HasMoved(RepositoryAnswer answer) => answer.Question.Paths.Where((path, i) => answer.Paths[i].Commit is { } commit && commit != path.BaseCommit).Any();

    private async Task CompleteAsync(RepositoryAnswer answer, Action<RepositoryAnswer> answered, CancellationToken cancellationToken)
    {
        var complete = answer.Error is null && answer.Question.WithFacts && restOf(answer.Question.Repository) is { } rest
            ? await WithFactsAsync(answer, rest, cancellationToken).ConfigureAwait(false)
            : answer;
        answered(complete);
    }

    private static async Task<RepositoryAnswer> WithFactsAsync(RepositoryAnswer answer, GitHubRest rest, CancellationToken cancellationToken)
    {
        try
        {
            return answer with { Facts = await rest.ReadFactsAsync(answer.Question.Repository, cancellationToken).ConfigureAwait(false) };
        }
        catch (UpstreamException e)
        {
            // The REST limit is low. Without the repository's facts, the front matter has to suffice.
            return answer with { FactsError = e };
        }
    }

    private async Task<TreeAnswer> ListOneAsync(TreeQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var commit = GitOid.Parse(question.Commit);
            var repository = RepositoryOf(question.Repository);
            await repository.FetchTreesAsync([commit], cancellationToken).ConfigureAwait(false);
            if (!repository.Has(commit)) throw new UpstreamException(ErrorIds.UpstreamNotFound, $"{question.Repository} has no commit {commit}; its history may have been rewritten.");
            return new TreeAnswer(question, repository.List(commit), IsComplete: true, Error: null);
        }
        catch (UpstreamException e)
        {
            return new TreeAnswer(question, [], IsComplete: false, e);
        }
    }

    private async Task<IReadOnlyList<FileReading>> ReadFromOneAsync(RepositoryAddress address, List<FileQuestion> questions, CancellationToken cancellationToken)
    {
        try
        {
            var repository = RepositoryOf(address);
            await repository.FetchTreesAsync(questions.Select(q => GitOid.Parse(q.Commit)), cancellationToken).ConfigureAwait(false);
            var found = questions.Select(q => repository.FindFile(GitOid.Parse(q.Commit), q.Paths)).ToList();
            var texts = questions.Zip(found).Where(p => p.First.WithText && p.Second is not null).Select(p => (GitOid.Parse(p.First.Commit), p.Second!));
            await repository.FetchTextsAsync(texts, cancellationToken).ConfigureAwait(false);
            return found.Select((f, i) => ReadOne(repository, f, questions[i])).ToList();
        }
        catch (UpstreamException e)
        {
            return questions.Select(_ => new FileReading(File: null, e)).ToList();
        }
    }

    private static FileReading ReadOne(GitRepository repository, FileAnswer? found, FileQuestion question)
    {
        try
        {
            return found is null ? FileReading.Missing : new FileReading(question.WithText ? repository.WithText(found, question.IsWhole) : found, Error: null);
        }
        catch (UpstreamException e)
        {
            return new FileReading(File: null, e);
        }
    }

    private GitRepository RepositoryOf(RepositoryAddress address) => _repositories.GetOrAdd(address, NewRepository);

    private GitRepository NewRepository(RepositoryAddress address) => address.IsSsh
        ? new GitRepository(address, programOf(address), listing: null)
        : new GitRepository(address, new UpstreamGitTransport(http, address, withoutToken), restOf(address) is { } rest ? new GitHubListing(address, rest, http) : null);
}

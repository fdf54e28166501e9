using System.Collections.Concurrent;
using SkillMeat.Errors;
using SkillMeat.Upstream.FrontMatters;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Queries GitHub with a token: many repositories in one GraphQL query; complete trees and long texts by REST, because GraphQL has no recursive
/// listing and truncates texts. Repositories that are closed to the token are queried without it, because they may be public.
/// </summary>
/// <param name="client">Sends queries.</param>
/// <param name="rest">Lists trees and reads texts that GraphQL truncates.</param>
/// <param name="withoutToken">Queries repositories without a token.</param>
/// <param name="git">Lists repositories that are too large for the API, and counts commits, with the token.</param>
/// <param name="refusals">The repositories that are closed to the token.</param>
/// <param name="ids">The known object ids.</param>
internal sealed class GraphQlProvider(GraphQlClient client, GitHubRest rest, IUpstreamProvider withoutToken, IUpstreamProvider git, TokenRefusals refusals, IObjectIdCache ids) : IUpstreamProvider
{
    private readonly ConcurrentDictionary<RepositoryAddress, bool> _large = new();

    public async Task AskAsync(IReadOnlyList<RepositoryQuestion> questions, Action<RepositoryAnswer> answered, CancellationToken cancellationToken)
    {
        var closed = questions.Where(q => refusals.IsRefused(q.Repository)).ToList();
        await Task.WhenAll(
            AskWithoutTokenAsync(closed, answered, cancellationToken),
            AskWithTokenAsync(questions.Except(closed).ToList(), answered, cancellationToken)).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken)
    {
        var large = questions.Where(q => _large.ContainsKey(q.Repository) && !refusals.IsRefused(q.Repository)).ToList();
        var listed = await Task.WhenAll(questions.Except(large).Where(q => !refusals.IsRefused(q.Repository)).Select(q => ListOneAsync(q, cancellationToken))).ConfigureAwait(false);
        foreach (var answer in listed.Where(a => a.Error?.ErrorId == ErrorIds.UpstreamForbidden))
        {
            var reason = answer.Error!.Message.TrimEnd('.');
            refusals.Add(answer.Question.Repository, new TokenRefusal(reason, AuthorizeAt: null, TokenRefusal.IsRuleOfOwner(reason)));
        }

        // The API lists 100,000 entries at most. Git has no limit.
        large.AddRange(listed.Where(a => a is { Error: null, IsComplete: false }).Select(a => a.Question));
        var whole = large.Count == 0 ? [] : await git.ListAsync(large, cancellationToken).ConfigureAwait(false);
        var open = listed.Where(a => !refusals.IsRefused(a.Question.Repository) && !large.Contains(a.Question)).Concat(whole).ToList();
        var closed = questions.Except(open.Select(a => a.Question)).ToList();
        return closed.Count == 0
            ? open
            : [.. open, .. (await withoutToken.ListAsync(closed, cancellationToken).ConfigureAwait(false)).Select(a => a with { Error = Explain(a.Question.Repository, a.Error) })];
    }

    public async Task<IReadOnlyList<TreeAnswer>> ListEarlyAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken)
    {
        var listed = await Task.WhenAll(questions.Where(q => !refusals.IsRefused(q.Repository)).Select(q => ListOneAsync(q, cancellationToken))).ConfigureAwait(false);
        foreach (var cut in listed.Where(a => a is { Error: null, IsComplete: false })) _large[cut.Question.Repository] = true;
        return [.. listed.Where(a => a is { Error: null, IsComplete: true })];
    }

    public async Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken)
    {
        var readings = new FileReading[questions.Count];
        var inquiries = questions.Select((question, place) => (Place: place, Question: question))
            .GroupBy(f => f.Question.Repository)
            .Select(g => new GraphQlFileInquiry(g.Key, g.ToList()))
            .ToList();
        var open = inquiries.Where(i => !refusals.IsRefused(i.Repository)).ToList();
        if (open.Count > 0)
        {
            await client.AskAsync(open.Select(i => (i.Share, i.Findings)).ToList(), _ => { }, cancellationToken).ConfigureAwait(false);
        }

        foreach (var inquiry in open.Where(i => i.Findings.Refusal is not null))
        {
            refusals.Add(inquiry.Repository, inquiry.Findings.Refusal!);
        }

        await Task.WhenAll(
            ReadWithoutTokenAsync(inquiries.Where(i => refusals.IsRefused(i.Repository)).SelectMany(i => i.Files).ToList(), readings, cancellationToken),
            Task.WhenAll(inquiries.Where(i => !refusals.IsRefused(i.Repository)).SelectMany(i => i.Files.Select(async f =>
                readings[f.Place] = f.Question.WithText ? await CompleteAsync(f.Question.Repository, i.Read(f.Question), cancellationToken, f.Question.IsWhole).ConfigureAwait(false) : i.Read(f.Question))))).ConfigureAwait(false);
        return readings;
    }

    /// <summary>Counts commits, in one query as far as GitHub compares the commits, and the others by git's protocol.</summary>
    public async Task<IReadOnlyList<CommitAnswer>> CountCommitsAsync(IReadOnlyList<CommitQuestion> questions, CancellationToken cancellationToken)
    {
        var inquiries = questions.Where(q => !refusals.IsRefused(q.Repository)).GroupBy(q => q.Repository).Select(g => new GraphQlCommitInquiry(g.Key, g.ToList())).ToDictionary(i => i.Repository);
        var asked = inquiries.Values.Where(i => i.Share.Lookups.Count > 0).Select(i => (i.Share, i.Findings)).ToList();
        if (asked.Count > 0) await client.AskAsync(asked, _ => { }, cancellationToken).ConfigureAwait(false);
        foreach (var inquiry in inquiries.Values.Where(i => i.Findings.Refusal is not null)) refusals.Add(inquiry.Repository, inquiry.Findings.Refusal!);
        var answers = questions.Select(q => inquiries.GetValueOrDefault(q.Repository)?.Find(q)).ToList();
        var left = Enumerable.Range(0, questions.Count).Where(i => answers[i] is null).ToLookup(i => refusals.IsRefused(questions[i].Repository));
        await Task.WhenAll(CountAsync(git, left[false].ToList()), CountAsync(withoutToken, left[true].ToList())).ConfigureAwait(false);
        return answers.ConvertAll(answer => answer ?? CommitAnswer.Unanswered);

        async Task CountAsync(IUpstreamProvider provider, List<int> places)
        {
            var counted = await provider.CountCommitsAsync(places.ConvertAll(i => questions[i]), cancellationToken).ConfigureAwait(false);
            foreach (var (i, answer) in places.Zip(counted)) answers[i] = answer;
        }
    }

    private async Task<TreeAnswer> ListOneAsync(TreeQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var tree = await rest.ReadTreeAsync(question.Repository, question.Commit, isRecursive: true, $"files of {question.Repository}", cancellationToken).ConfigureAwait(false);
            return new TreeAnswer(question, tree.ToItems().ToList(), tree.IsComplete, Error: null) { Id = tree.Id };
        }
        catch (UpstreamException e)
        {
            return new TreeAnswer(question, [], IsComplete: false, e);
        }
    }

    private async Task AskWithTokenAsync(List<RepositoryQuestion> questions, Action<RepositoryAnswer> tell, CancellationToken cancellationToken)
    {
        var inquiries = new ConcurrentDictionary<RepositoryAddress, GraphQlInquiry>(questions.ToDictionary(q => q.Repository, q => new GraphQlInquiry(q, ids)));
        var asked = questions.ToDictionary(q => q.Repository);
        var refused = new ConcurrentBag<RepositoryQuestion>();
        var cut = new ConcurrentBag<RepositoryAnswer>();
        void Pass(RepositoryAnswer answer)
        {
            if (Enumerable.Range(0, answer.Paths.Count).Any(n => IsCut(answer, n))) cut.Add(answer);
            else tell(answer);
        }

        var pending = inquiries.Values.ToList();
        while (pending.Count > 0)
        {
            var next = new ConcurrentBag<GraphQlInquiry>();
            await client.AskAsync(
                pending.Select(i => (i.NextShare, i.Findings)).ToList(),
                repository =>
                {
                    var inquiry = inquiries[repository];
                    if (inquiry.Findings.Refusal is { } refusal)
                    {
                        refusals.Add(repository, refusal);
                        refused.Add(asked[repository]);
                    }
                    else if (inquiry.Conclude() is not { } answer)
                    {
                        next.Add(inquiry);
                    }
                    else if (answer.Error is { ErrorId: ErrorIds.UpstreamUnavailable } && inquiry.Question.Files.Count > 0)
                    {
                        // Their texts may be too much for the query. They can be read by themselves.
                        next.Add(inquiries[repository] = new GraphQlInquiry(inquiry.Question with { Files = [] }, ids));
                    }
                    else
                    {
                        inquiry.Forget();
                        Pass(answer with { Question = asked[repository] });
                    }
                },
                cancellationToken).ConfigureAwait(false);
            pending = next.ToList();
        }

        await Task.WhenAll(
            AskWithoutTokenAsync(refused.ToList(), tell, cancellationToken),
            Task.WhenAll(cut.Select(async answer => tell(await CompleteAsync(answer, cancellationToken).ConfigureAwait(false))))).ConfigureAwait(false);
    }

    private async Task AskWithoutTokenAsync(List<RepositoryQuestion> questions, Action<RepositoryAnswer> tell, CancellationToken cancellationToken)
    {
        if (questions.Count > 0)
        {
            await withoutToken.AskAsync(questions, answer => tell(answer with { Error = Explain(answer.Question.Repository, answer.Error) }), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadWithoutTokenAsync(List<(int Place, FileQuestion Question)> files, FileReading[] readings, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return;
        }

        var read = await withoutToken.ReadAsync(files.Select(f => f.Question).ToList(), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < files.Count; i++)
        {
            readings[files[i].Place] = read[i] with { Error = Explain(files[i].Question.Repository, read[i].Error) };
        }
    }

    private static bool IsCut(RepositoryAnswer answer, int path) =>
        answer.Question.Paths[path].Manifest == ManifestDetail.Text && answer.Paths[path].Manifest is { Text: null };

    private async Task<RepositoryAnswer> CompleteAsync(RepositoryAnswer answer, CancellationToken cancellationToken) => answer with
    {
        Paths = await Task.WhenAll(answer.Paths.Select(async (path, n) =>
        {
            if (!IsCut(answer, n))
            {
                return path;
            }

            var reading = await CompleteAsync(answer.Question.Repository, new FileReading(path.Manifest, Error: null), cancellationToken).ConfigureAwait(false);
            return reading.Error is { } error ? new PathAnswer { Error = error } : path with { Manifest = reading.File };
        })).ConfigureAwait(false),
    };

    /// <summary>Reads a text by its id if GraphQL truncated it or took it for binary.</summary>
    private async Task<FileReading> CompleteAsync(RepositoryAddress repository, FileReading reading, CancellationToken cancellationToken, bool isWhole = false)
    {
        if (reading.File is not { Text: null } file)
        {
            return reading;
        }

        try
        {
            var text = await rest.ReadTextAsync(repository, file, cancellationToken).ConfigureAwait(false);
            return new FileReading(file with { Text = isWhole ? text : FrontMatterReader.Head(file.Path, text) }, Error: null);
        }
        catch (UpstreamException e)
        {
            return new FileReading(File: null, e);
        }
    }

    /// <summary>Adds the reason for refusing the token to the error of a repository that is not accessible without it either.</summary>
    private UpstreamException? Explain(RepositoryAddress repository, UpstreamException? error) => error is not null && refusals.Find(repository) is { } refusal
        ? new UpstreamException(error.ErrorId == ErrorIds.UpstreamNotFound ? ErrorIds.UpstreamForbidden : error.ErrorId, $"{repository}: the token is refused ({refusal}), and without it: {error.Message}", error.RetryAfter, error)
        : error;
}

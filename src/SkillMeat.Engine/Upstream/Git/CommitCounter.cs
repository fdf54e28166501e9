using SkillMeat.Errors;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// Counts the commits between commits of a repository. The history after the oldest commit is fetched in one request, without trees and files, and tells about all commits that descend from the oldest one. The others,
/// such as those of other branches and of a rewritten history, take a request each.
/// </summary>
/// <remarks>All older commits are wanted as well, so that a server that does not have one says so, instead of ignoring that the client has it and sending too much.</remarks>
internal sealed class CommitCounter(GitRepository repository)
{
    /// <summary>The largest number of commits that is counted.</summary>
    public const int MostCommits = 10_000;

    private const int MostRequests = 8;

    private readonly Dictionary<(GitOid Older, GitOid Newer), CommitAnswer> _answers = [];

    // The oldest first, as far as that is known.
    private List<(GitOid Older, GitOid Newer)> _pending = [];
    private bool _isNarrow;

    /// <summary>Counts them. The answers are in the order of the questions.</summary>
    /// <param name="questions">Questions about the repository.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<IReadOnlyList<CommitAnswer>> CountAsync(IReadOnlyList<CommitQuestion> questions, CancellationToken cancellationToken)
    {
        _pending = [.. questions.OrderBy(question => question.Fetched ?? DateTimeOffset.MaxValue).Select(PairOf).OfType<(GitOid, GitOid)>().Distinct()];
        foreach (var absent in _pending.Where(pair => repository.IsAbsent(pair.Older) || repository.IsAbsent(pair.Newer)).ToList()) Answer(absent, CommitAnswer.Unknowable);
        try
        {
            for (var request = 0; request < MostRequests && _pending.Count > 0; request++) await AskAsync(_pending[0].Older, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException)
        {
            // The rest stays unanswered. The number is of use, and a check does not fail without it.
        }

        return [.. questions.Select(question => PairOf(question) is { } pair ? _answers.GetValueOrDefault(pair, CommitAnswer.Unanswered) : CommitAnswer.Unknowable)];
    }

    private static (GitOid Older, GitOid Newer)? PairOf(CommitQuestion question) =>
        GitOid.TryParse(question.Older, out var older) && GitOid.TryParse(question.Newer, out var newer) ? (older, newer) : null;

    private async Task AskAsync(GitOid start, CancellationToken cancellationToken)
    {
        var asked = _isNarrow ? _pending.FindAll(pair => pair.Older == start) : [.. _pending];
        try
        {
            using var objects = await repository.FetchHistoryAsync([.. asked.SelectMany(pair => new[] { pair.Newer, pair.Older }).Distinct()], start, MostCommits, cancellationToken).ConfigureAwait(false);
            var graph = new CommitGraph(objects, start, cancellationToken);
            foreach (var pair in asked)
            {
                if (graph.Count(pair.Older, pair.Newer) is { } count) Answer(pair, count <= MostCommits ? new CommitAnswer(count, IsFinal: true) : CommitAnswer.Unknowable);
                else if (pair.Older == start) Answer(pair, CommitAnswer.Unknowable);
            }
        }
        catch (GitProtocolException e) when (e.MissingObject is { } missing && asked.Exists(pair => pair.Older == missing || pair.Newer == missing))
        {
            foreach (var pair in asked.Where(pair => pair.Older == missing || pair.Newer == missing)) Answer(pair, CommitAnswer.Unknowable);
        }
        catch (GitProtocolException e) when (e.IsTooLarge && asked.Exists(pair => pair.Older != start))
        {
            // Some of these commits may have little in common.
            _isNarrow = true;
        }
        catch (GitProtocolException e)
        {
            var isFinal = e.IsTooLarge || e.IsUnsupported || (e.IsSaid && !e.IsLimit);
            foreach (var pair in isFinal && !e.IsTooLarge ? [.. _pending] : asked) Answer(pair, isFinal ? CommitAnswer.Unknowable : CommitAnswer.Unanswered);
            if (!isFinal) _pending.Clear();
        }
    }

    private void Answer((GitOid Older, GitOid Newer) pair, CommitAnswer answer)
    {
        _answers[pair] = answer;
        _pending.Remove(pair);
    }
}

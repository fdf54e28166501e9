using SkillMeat.Errors;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches one commit into a repository. Most servers provide it by its id; otherwise branches and tags are fetched, first with a short history, then
/// with all of it.
/// </summary>
/// <param name="git">The git program, set up for the repository.</param>
/// <param name="folder">The folder of the repository.</param>
/// <param name="question">The wanted content.</param>
/// <param name="address">The address of the upstream repository, without credentials.</param>
/// <param name="report">Called with a one-line message when the fetch takes longer than usual.</param>
internal sealed class GitFetch(GitProgram git, string folder, ContentQuestion question, string address, Action<string> report)
{
    private static readonly string[] NotByIds = ["unadvertised object", "not valid"];
    private static readonly string[] NoRepository = ["not found", "could not read Username", "does not exist", "does not appear to be a git repository"];
    private static readonly string[] Refusals = ["Authentication failed", "Permission denied ("];

    /// <exception cref="UpstreamException">The server cannot be reached, or has no such repository or commit.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var errors = await FetchAsync(["--depth=1", "--no-tags"], [question.Commit], cancellationToken).ConfigureAwait(false);
        if (errors is null) return;
        if (errors.Contains("not our ref", StringComparison.Ordinal)) throw NoCommit();
        if (!Array.Exists(NotByIds, words => errors.Contains(words, StringComparison.Ordinal))) throw Failed(errors);
        report($"{question.Repository} does not give commits by their ids: fetching its branches and tags.");
        await FetchRefsAsync("--depth=50", cancellationToken).ConfigureAwait(false);
        if (await HasCommitAsync(cancellationToken).ConfigureAwait(false)) return;
        // Without this file, the history is complete already.
        if (!File.Exists(Path.Combine(folder, "shallow"))) throw NoCommit();
        report($"{question.Repository}: {question.Commit} is older than the newest 50 commits: fetching the whole history.");
        await FetchRefsAsync("--unshallow", cancellationToken).ConfigureAwait(false);
        if (!await HasCommitAsync(cancellationToken).ConfigureAwait(false)) throw NoCommit();
    }

    private async Task FetchRefsAsync(string depth, CancellationToken cancellationToken)
    {
        if (await FetchAsync([depth], ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"], cancellationToken).ConfigureAwait(false) is { } errors) throw Failed(errors);
    }

    // Returns the error output, or null on success.
    private async Task<string?> FetchAsync(string[] options, string[] refs, CancellationToken cancellationToken)
    {
        try
        {
            var run = await git.RunWatchedAsync(["fetch", "--progress", .. options, "--", address, .. refs], cancellationToken).ConfigureAwait(false);
            return run.ExitCode == 0 ? null : run.Errors;
        }
        catch (TimeoutException e)
        {
            throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{question.Repository}: git got no part of {question.Commit} {e.Message}; try 'git fetch {address}'.", innerException: e);
        }
    }

    private async Task<bool> HasCommitAsync(CancellationToken cancellationToken) =>
        (await git.RunAsync(["cat-file", "-e", $"{question.Commit}^{{commit}}"], cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    private UpstreamException NoCommit() =>
        new(ErrorIds.UpstreamNotFound, $"{question.Repository} has no commit {question.Commit}; its history may have been rewritten.");

    private UpstreamException Failed(string errors) => Failed(question.Repository, $"fetch {question.Commit}", errors);

    /// <summary>Returns the error for a failed git command.</summary>
    public static UpstreamException Failed(RepositoryAddress repository, string what, string errors) => Array.Exists(Refusals, words => errors.Contains(words, StringComparison.OrdinalIgnoreCase))
        ? new UpstreamException(ErrorIds.UpstreamForbidden, $"{repository}: the host refused the key or credential of git: {errors}.")
        : Array.Exists(NoRepository, words => errors.Contains(words, StringComparison.OrdinalIgnoreCase))
        ? new UpstreamException(ErrorIds.UpstreamNotFound, $"{repository}: the repository does not exist, or git has no access to it: {errors}.")
        : new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: git cannot {what}: {errors}.");
}

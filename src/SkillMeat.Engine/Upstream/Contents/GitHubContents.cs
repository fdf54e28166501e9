using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches content from GitHub in whatever way is available. With a token, git provides exactly the wanted objects. Without one, GitHub sometimes
/// refuses larger git requests, so the trees come from git or REST, the files from the archive, which has no such limit, and files that the archive
/// changed or left out from git or as raw files.
/// </summary>
/// <param name="http">Sends requests.</param>
/// <param name="restOf">Returns the REST client for a repository.</param>
/// <param name="hasToken">Whether there is a token for a repository.</param>
/// <param name="isClosedToToken">Whether the token is refused for a repository that may be public.</param>
/// <param name="index">The index of content that was fetched before.</param>
/// <param name="ids">The object ids that update checks have found.</param>
/// <param name="treesOf">Returns a reader of the trees of a commit, or null if they have not been fetched before.</param>
internal sealed class GitHubContents(
    UpstreamHttp http, Func<RepositoryAddress, GitHubRest> restOf, Func<RepositoryAddress, bool> hasToken, Func<RepositoryAddress, bool> isClosedToToken, IGitContentIndex index, IObjectIdCache ids,
    Func<RepositoryAddress, GitOid, Func<GitOid, IReadOnlyList<GitTreeEntry>>?> treesOf)
    : IContentSource
{
    // More folders than an artifact has.
    private const int MostFoldersAsked = 64;

    private readonly GitHubArchives _archives = new(http);
    private readonly GitHubRawFiles _rawFiles = new(http);
    private readonly LfsDownloads _lfs = new(http);

    public async Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectBatch objects, CancellationToken cancellationToken)
    {
        var isClosed = isClosedToToken(question.Repository);
        // Without a token, git may have a stored credential.
        if (isClosed || !hasToken(question.Repository)) return await FetchAsync(question, objects, withToken: false, asAnybody: isClosed, cancellationToken).ConfigureAwait(false);
        try
        {
            return await FetchAsync(question, objects, withToken: true, asAnybody: false, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException refusal) when (refusal.ErrorId is ErrorIds.UpstreamForbidden)
        {
            return await FetchPublicAsync(question, objects, refusal, cancellationToken).ConfigureAwait(false);
        }
    }

    // An organization may refuse a token access to its public repositories.
    private async Task<IReadOnlyList<FetchedPath>> FetchPublicAsync(ContentQuestion question, ObjectBatch objects, UpstreamException refusal, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(question, objects, withToken: false, asAnybody: true, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException)
        {
            // The repository is not public, and the refusal explains why the token does not work.
            throw refusal;
        }
    }

    private async Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectBatch objects, bool withToken, bool asAnybody, CancellationToken cancellationToken)
    {
        using var assembly = new ContentAssembly(question, objects, index, http.Limits);
        var rest = restOf(question.Repository);
        do
        {
            var failures = new List<SkillMeatException>();
            if (await TryBringAsync(assembly, failures, rest, withToken, asAnybody, cancellationToken).ConfigureAwait(false)) continue;
            return await FetchUncheckedAsync(question, objects, withToken ? rest : null, cancellationToken).ConfigureAwait(false) ?? throw MostTelling(assembly, failures);
        }
        while (assembly.FollowLinks(cancellationToken));

        await _lfs.BringAsync(assembly, cancellationToken).ConfigureAwait(false);
        return assembly.Finish(cancellationToken);
    }

    /// <summary>Lists the paths that are not listed yet, and fetches what is missing of them. Returns false if they cannot be listed.</summary>
    private async Task<bool> TryBringAsync(ContentAssembly assembly, List<SkillMeatException> failures, GitHubRest rest, bool withToken, bool asAnybody, CancellationToken cancellationToken)
    {
        var isGitOpen = await TryAsync(assembly, failures, () => FetchByGitAsync(assembly, onlyTrees: !withToken, asAnybody, cancellationToken)).ConfigureAwait(false);
        if (failures is [{ ErrorId: ErrorIds.UpstreamForbidden }] && withToken) throw failures[0];
        if (assembly.Unlisted.Count > 0) await TryAsync(assembly, failures, () => new GitHubTrees(asAnybody ? rest.WithoutToken() : rest).ListAsync(assembly, cancellationToken)).ConfigureAwait(false);
        if (assembly.Unlisted.Count > 0) return false;
        if (assembly.Missing.Count > 0) await TryAsync(assembly, failures, () => _archives.BringAsync(assembly, withToken ? rest : null, cancellationToken)).ConfigureAwait(false);
        if (assembly.Missing.Count > 0 && isGitOpen) await TryAsync(assembly, failures, () => FetchByGitAsync(assembly, onlyTrees: false, asAnybody, cancellationToken)).ConfigureAwait(false);
        if (assembly.Missing.Count > 0) await TryAsync(assembly, failures, () => _rawFiles.BringAsync(assembly, cancellationToken)).ConfigureAwait(false);
        return assembly.Missing.Count == 0 ? true : throw MostTelling(assembly, failures);
    }

    // Without the trees, the archive is only as reliable as its attributes show. Returns null if they may have changed it.
    private async Task<IReadOnlyList<FetchedPath>?> FetchUncheckedAsync(ContentQuestion question, ObjectBatch objects, GitHubRest? api, CancellationToken cancellationToken)
    {
        // GitHub provides no raw files of private repositories.
        if (api is null && await _rawFiles.ArchiveMayDifferAsync(question, cancellationToken).ConfigureAwait(false)) return null;
        var (fetched, unattributed) = await _archives.FetchAsync(question, objects, api, cancellationToken).ConfigureAwait(false);
        if (fetched is null || api is not null || unattributed.Count == 0) return fetched;
        return unattributed.Count > MostFoldersAsked || await _rawFiles.ArchiveMayDifferAsync(question, unattributed, cancellationToken).ConfigureAwait(false) ? null : fetched;
    }

    private async Task FetchByGitAsync(ContentAssembly assembly, bool onlyTrees, bool asAnybody, CancellationToken cancellationToken)
    {
        var repository = assembly.Question.Repository;
        var transport = new UpstreamGitTransport(http, repository, withoutToken: asAnybody);
        var remote = new GitRemote(transport, repository.GitUrl!, GitRepository.CreateTemporaryFile, isGitHub: true);
        using var fetch = new GitObjectFetch(remote, server: null, assembly, index, ids, treesOf(repository, GitOid.Parse(assembly.Question.Commit)));
        await fetch.ListAsync(withFiles: !onlyTrees, cancellationToken).ConfigureAwait(false);
        if (!onlyTrees) await fetch.FetchFilesAsync(cancellationToken).ConfigureAwait(false);
    }

    // If one way fails, another may work; only a missing commit is final.
    private static async Task<bool> TryAsync(ContentAssembly assembly, List<SkillMeatException> failures, Func<Task> way)
    {
        try
        {
            await way().ConfigureAwait(false);
            return true;
        }
        catch (GitProtocolException e) when (e.MissingObject?.ToString() == assembly.Question.Commit)
        {
            throw GitHostContents.NoCommit(assembly.Question);
        }
        catch (GitProtocolException e)
        {
            failures.Add(GitHostContents.Explain(assembly.Question, e));
        }
        catch (UpstreamException e)
        {
            failures.Add(e);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArchiveRefused)
        {
            failures.Add(e);
        }

        return false;
    }

    private static SkillMeatException MostTelling(ContentAssembly assembly, List<SkillMeatException> failures)
    {
        if (failures.Find(failure => failure is UpstreamException { IsRateLimit: true }) is { } limit) return limit;
        if (failures.Count > 0) return failures[0];
        var path = assembly.MissingPaths().Keys.FirstOrDefault();
        return new UpstreamException(ErrorIds.UpstreamUnavailable, $"{assembly.Question.Repository} at {assembly.Question.Commit}: the downloaded content of '{path}' differs from the committed file; try again later, or set a token.");
    }
}

using System.Collections.Concurrent;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches content from any git host over HTTP: the wanted files by their ids, or the whole commit if the server does not support filters. It falls
/// back to the <c>git</c> program for servers that do not provide commits by their ids, and for credential helpers that only the program can use.
/// </summary>
/// <param name="http">Sends requests.</param>
/// <param name="program">Fetches content with the <c>git</c> program.</param>
/// <param name="index">The index of content that was fetched before.</param>
/// <param name="ids">The object ids that update checks have found.</param>
internal sealed class GitHostContents(UpstreamHttp http, GitProgramContents program, IGitContentIndex index, IObjectIdCache ids) : IContentSource
{
    private readonly ConcurrentDictionary<RepositoryAddress, GitAdvertisement> _servers = new();
    private readonly LfsDownloads _lfs = new(http);

    /// <summary>Returns the error for a commit that a repository does not have.</summary>
    public static UpstreamException NoCommit(ContentQuestion question) =>
        new(ErrorIds.UpstreamNotFound, $"{question.Repository} has no commit {question.Commit}; its history may have been rewritten.");

    /// <summary>Turns an error of git's protocol into one for the user.</summary>
    public static UpstreamException Explain(ContentQuestion question, GitProtocolException error) => error.MissingObject is { } missing && missing.ToString() == question.Commit
        ? NoCommit(question)
        : new UpstreamException(ErrorIds.UpstreamUnavailable, $"{question.Repository} at {question.Commit}: {error.Message}", innerException: error);

    public async Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectBatch objects, CancellationToken cancellationToken)
    {
        var remote = new GitRemote(new UpstreamGitTransport(http, question.Repository), question.Repository.GitUrl!, GitRepository.CreateTemporaryFile);
        GitAdvertisement? server = null;
        try
        {
            server = _servers.TryGetValue(question.Repository, out var known) ? known : await remote.DescribeAsync(cancellationToken).ConfigureAwait(false);
            _servers[question.Repository] = server;
            using var assembly = new ContentAssembly(question, objects, index, http.Limits);
            using var fetch = new GitObjectFetch(remote, server, assembly, index, ids);
            do
            {
                await fetch.ListAsync(withFiles: true, cancellationToken).ConfigureAwait(false);
                await fetch.FetchFilesAsync(cancellationToken).ConfigureAwait(false);
            }
            while (assembly.FollowLinks(cancellationToken));

            await _lfs.BringAsync(assembly, cancellationToken).ConfigureAwait(false);
            return assembly.Finish(cancellationToken);
        }
        catch (GitProtocolException e) when (!e.IsTransient && server?.Capabilities is not { ProtocolVersion: 2 })
        {
            return await program.FetchAsync(question, objects, _lfs, cancellationToken).ConfigureAwait(false);
        }
        catch (GitProtocolException e)
        {
            throw Explain(question, e);
        }
        catch (UpstreamException e) when (e.ErrorId is ErrorIds.UpstreamUnauthorized or ErrorIds.UpstreamNotFound or ErrorIds.UpstreamForbidden)
        {
            return await program.FetchAsync(question, objects, _lfs, cancellationToken).ConfigureAwait(false);
        }
    }
}

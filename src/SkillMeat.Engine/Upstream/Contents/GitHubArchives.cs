using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads archives from GitHub as a stream, one for each repository and commit.</summary>
/// <param name="http">Sends requests.</param>
internal sealed class GitHubArchives(UpstreamHttp http)
{
    /// <summary>Adds the missing blobs from the archive, if their bytes match.</summary>
    /// <param name="assembly">The assembly that receives the content.</param>
    /// <param name="api">
    /// The REST API that receives the token. Null without a token: the public address is not part of the API and does not count against its rate
    /// limit.
    /// </param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="SkillMeatException">The archive cannot be downloaded, or must not be unpacked.</exception>
    public async Task BringAsync(ContentAssembly assembly, GitHubRest? api, CancellationToken cancellationToken)
    {
        var reading = new ArchiveReading(assembly.Question, assembly.Objects, http.Limits);
        try
        {
            await DownloadAsync(RequestFor(assembly.Question, api), reading.Name, (body, token) => reading.ReadZippedFolder(body, assembly, token), cancellationToken).ConfigureAwait(false);
        }
        catch (EnoughException)
        {
            // The rest of the archive is not needed.
        }
    }

    /// <summary>Stores the wanted paths from the archive, unless its attributes may have changed the committed bytes.</summary>
    /// <returns>
    /// The paths, or null if the attributes may have changed them, in which case they are not used. Also the folders with files but without a
    /// <c>.gitattributes</c> file in the archive, which may have been left out.
    /// </returns>
    /// <inheritdoc cref="BringAsync(ContentAssembly, GitHubRest?, CancellationToken)"/>
    public async Task<(IReadOnlyList<FetchedPath>? Paths, IReadOnlyCollection<string> Unattributed)> FetchAsync(ContentQuestion question, ObjectBatch objects, GitHubRest? api, CancellationToken cancellationToken)
    {
        var reading = new ArchiveReading(question, objects, http.Limits);
        var fetched = await DownloadAsync(RequestFor(question, api), reading.Name, (body, token) => reading.ReadZippedFolder(body, token), cancellationToken).ConfigureAwait(false);
        return (reading.ChangedBy is null ? fetched : null, reading.FoldersWithoutAttributes);
    }

    private async Task<T> DownloadAsync<T>(UpstreamHttpRequest request, string name, Func<Stream, CancellationToken, T> read, CancellationToken cancellationToken)
    {
        var damages = 0;
        TransientUpstreamException? damage = null;
        try
        {
            return await http.SendAsync(
                request,
                async (body, _, token) =>
                {
                    try
                    {
                        return await OwnThread.RunAsync(() => read(body, token)).ConfigureAwait(false);
                    }
                    catch (Exception e) when (Damage(e) is { } transient)
                    {
                        damages++;
                        throw damage = transient;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e) when (damage is not null && ReferenceEquals(e.InnerException, damage))
        {
            var times = damages == 1 ? "" : $", {damages} times";
            throw new UpstreamException(
                ErrorIds.UpstreamUnavailable, $"The download of {name} was damaged each time{times}; the last error: {http.Scrub(damage.Message)}.", innerException: e);
        }
    }

    private static TransientUpstreamException? Damage(Exception error) => error switch
    {
        TransientUpstreamException transient => transient,
        DataFileException { IsDamaged: true } => new TransientUpstreamException(((DataFileException)error).Problem, error),
        EndOfStreamException => new TransientUpstreamException("the archive is truncated", error),
        _ => null,
    };

    private static UpstreamHttpRequest RequestFor(ContentQuestion question, GitHubRest? api)
    {
        var (repository, commit) = (question.Repository, question.Commit);
        var what = $"archive of {repository} at {commit}";
        return api?.ArchiveOf(repository, commit, what) ?? new UpstreamHttpRequest
        {
            Uri = new Uri($"{repository.Url!.AbsoluteUri}/archive/{commit}.tar.gz"),
            What = what,
            Role = HostRole.Other,
            Expect = ExpectedBody.Archive,
        };
    }
}

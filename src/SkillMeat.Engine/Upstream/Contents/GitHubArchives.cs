using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads a GitHub's archives while they come: one for each repository and commit.</summary>
/// <param name="http">Sends requests.</param>
internal sealed class GitHubArchives(UpstreamHttp http)
{
    /// <summary>Takes what is missing out of the archive, as far as the archive has the right bytes.</summary>
    /// <param name="assembly">What is wanted.</param>
    /// <param name="api">
    /// The REST interface that gets the token. Null where there is no token: the public address is no part of an interface, and costs nothing of its rate limit.
    /// </param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="SkillMeatException">The archive can't be had, or must not be unpacked.</exception>
    public async Task BringAsync(ContentAssembly assembly, GitHubRest? api, CancellationToken cancellationToken)
    {
        var reading = new ArchiveReading(assembly.Question, store: null!);
        try
        {
            await DownloadAsync(RequestFor(assembly.Question, api), reading.Name, (body, token) => reading.ReadZippedFolder(body, assembly, token), cancellationToken).ConfigureAwait(false);
        }
        catch (EnoughException)
        {
            // The rest of the archive is not worth its download.
        }
    }

    /// <summary>Stores the wanted paths as they are in the archive, where nothing in it says that other bytes may have been committed.</summary>
    /// <returns>
    /// The paths, null where something says so; nothing is stored then. And the folders in them of which the archive has files but no <c>.gitattributes</c>, which it may have left out.
    /// </returns>
    /// <inheritdoc cref="BringAsync(ContentAssembly, GitHubRest?, CancellationToken)"/>
    public async Task<(IReadOnlyList<FetchedPath>? Paths, IReadOnlyCollection<string> Unattributed)> FetchAsync(ContentQuestion question, ObjectStore store, GitHubRest? api, CancellationToken cancellationToken)
    {
        var reading = new ArchiveReading(question, store);
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
                    catch (Exception e) when (Damage(e) is { } told)
                    {
                        damages++;
                        throw damage = told;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e) when (damage is not null && ReferenceEquals(e.InnerException, damage))
        {
            var times = damages == 1 ? "" : $", {damages} times";
            throw new UpstreamException(
                ErrorIds.UpstreamUnavailable, $"The download of {name} was damaged each time{times}; the last: {http.Scrub(damage.Message)}.", innerException: e);
        }
    }

    private static TransientUpstreamException? Damage(Exception error) => error switch
    {
        TransientUpstreamException told => told,
        DataFileException { IsDamaged: true } => new TransientUpstreamException(((DataFileException)error).Problem, error),
        EndOfStreamException => new TransientUpstreamException("the archive is cut off", error),
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

using SkillMeat.Errors;
using SkillMeat.Storage.Objects;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Brings content from a GitHub: one archive for each repository and commit, read while it comes.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="apiOf">
/// The REST interface that gets the token for a repository. Null where there is no token: the public address is no part of an interface, and costs nothing of its rate limit.
/// </param>
internal sealed class GitHubArchives(UpstreamHttp http, Func<RepositoryAddress, Uri?> apiOf) : IContentSource
{
    public async Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectStore store, CancellationToken cancellationToken)
    {
        var reading = new ArchiveReading(question, store);
        var damages = 0;
        TransientUpstreamException? damage = null;
        try
        {
            return await http.SendAsync(
                RequestFor(question),
                async (body, _, token) =>
                {
                    try
                    {
                        return await OwnThread.RunAsync(() => reading.ReadZippedFolder(body, token)).ConfigureAwait(false);
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
                ErrorIds.UpstreamUnavailable, $"The download of {reading.Name} was damaged each time{times}; the last: {http.Scrub(damage.Message)}.", innerException: e);
        }
    }

    private static TransientUpstreamException? Damage(Exception error) => error switch
    {
        TransientUpstreamException told => told,
        DataFileException { IsDamaged: true } => new TransientUpstreamException(((DataFileException)error).Problem, error),
        EndOfStreamException => new TransientUpstreamException("the archive is cut off", error),
        _ => null,
    };

    private UpstreamHttpRequest RequestFor(ContentQuestion question)
    {
        var (repository, commit) = (question.Repository, question.Commit);
        var request = new UpstreamHttpRequest
        {
            Uri = new Uri($"{repository.Url!.AbsoluteUri}/archive/{commit}.tar.gz"),
            What = $"archive of {repository} at {commit}",
            Role = HostRole.Other,
            Expect = ExpectedBody.Archive,
        };
        return apiOf(repository) is not { } api ? request : request with
        {
            Uri = new Uri($"{api.AbsoluteUri.TrimEnd('/')}/repos/{Uri.EscapeDataString(repository.Owner!)}/{Uri.EscapeDataString(repository.Name!)}/tarball/{commit}"),
            Role = HostRole.Api,
            Accept = "application/vnd.github+json",
        };
    }
}

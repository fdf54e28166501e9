using System.Net;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Wire;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Diagnosis;

/// <summary>Sends single requests to a host, and returns error answers instead of throwing.</summary>
/// <param name="http">Sends the requests without retries.</param>
/// <param name="time">The clock for the response time.</param>
internal sealed class HostProbe(UpstreamHttp http, TimeProvider time)
{
    private const int MostRead = 64 * 1024;

    private static readonly HttpStatusCode[] _refusals = Enum.GetValues<HttpStatusCode>().Where(status => (int)status >= 400).Distinct().ToArray();

    /// <summary>Requests the remaining rate limits of GitHub, which does not count against them.</summary>
    public Task<ProbeAnswer> ReadLimitsAsync(Uri api, CancellationToken cancellationToken) => SendAsync(
        new UpstreamHttpRequest
        {
            Uri = new Uri($"{api.AbsoluteUri.TrimEnd('/')}/rate_limit"),
            What = "GitHub's API",
            Role = HostRole.Api,
            Accept = "application/vnd.github+json",
        },
        cancellationToken);

    /// <summary>Requests the refs of a repository with the oldest protocol, which hosts keep open the longest.</summary>
    public Task<ProbeAnswer> ReadRefsAsync(RepositoryAddress repository, CancellationToken cancellationToken) =>
        SendAsync(GitRequest.Advertisement(repository.GitUrl!), repository, cancellationToken);

    /// <summary>Requests one ref from <c>git-upload-pack</c>, as every fetch does.</summary>
    public Task<ProbeAnswer> AskUploadPackAsync(RepositoryAddress repository, CancellationToken cancellationToken) =>
        SendAsync(GitRequest.Service(repository.GitUrl!, LsRefs.Request(new GitRefRequest([]), capabilities: null), version2: true), repository, cancellationToken);

    private Task<ProbeAnswer> SendAsync(GitRequest request, RepositoryAddress repository, CancellationToken cancellationToken) => SendAsync(
        new UpstreamHttpRequest
        {
            Method = request.Body is null ? HttpMethod.Get : HttpMethod.Post,
            Uri = request.Uri,
            What = $"{repository}",
            Role = request.Body is null ? HostRole.Git : HostRole.GitObjects,
            Expect = ExpectedBody.Git,
            Accept = request.AnswerType,
            Headers = request.Protocol is { } protocol ? [new KeyValuePair<string, string>("Git-Protocol", protocol)] : [],
            Content = request.Body,
            ContentType = request.BodyType,
        },
        cancellationToken);

    private async Task<ProbeAnswer> SendAsync(UpstreamHttpRequest request, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        try
        {
            return await http.SendAsync(
                request with { AlsoNormal = _refusals, IsReadInPart = true },
                async (body, response, token) =>
                {
                    var elapsed = time.GetElapsedTime(started);
                    byte[] text = new byte[MostRead];
                    int length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, token).ConfigureAwait(false);
                    return new ProbeAnswer(elapsed, response.Status, response.Date, Encoding.UTF8.GetString(text, 0, length), Error: null);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e)
        {
            return new ProbeAnswer(time.GetElapsedTime(started), Status: null, Date: null, Text: "", e);
        }
    }
}

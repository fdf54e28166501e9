using System.Net;
using SkillMeat.Upstream.Git.Wire;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git;

/// <summary>Sends git requests through the HTTP layer, with its retries, limits and tokens.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="repository">The repository, for messages.</param>
/// <param name="withoutToken">Whether to send requests anonymously.</param>
internal sealed class UpstreamGitTransport(UpstreamHttp http, RepositoryAddress repository, bool withoutToken = false) : IGitTransport
{
    /// <summary>The status codes with which servers refuse a request without discovery; the discovery then shows the actual cause.</summary>
    private static readonly HttpStatusCode[] Refusals =
    [
        HttpStatusCode.MovedPermanently, HttpStatusCode.Found, HttpStatusCode.SeeOther, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized,
        HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotAcceptable, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnprocessableEntity,
        HttpStatusCode.NotImplemented,
    ];

    public UpstreamLimits Limits => http.Limits;

    public Task<T> SendAsync<T>(GitRequest request, ReadGitAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        var attempts = 0;
        return http.SendAsync(
            new UpstreamHttpRequest
            {
                Method = request.Body is null ? HttpMethod.Get : HttpMethod.Post,
                Uri = request.Uri,
                What = $"git objects and refs of {repository}",
                WithoutToken = withoutToken,
                Role = request.Body is null ? HostRole.Git : HostRole.GitObjects,
                Expect = ExpectedBody.Git,
                IsReadInPart = request.IsReadInPart,
                Accept = request.AnswerType,
                Headers = request.Protocol is { } protocol ? [new KeyValuePair<string, string>("Git-Protocol", protocol)] : [],
                Content = request.Body,
                ContentType = request.BodyType,
                AlsoNormal = request.IsOptimistic ? Refusals : [],
            },
            async (body, response, token) =>
            {
                try
                {
                    return await readAsync(new GitAnswer(response.Status, response.MediaType, response.FinalUri), body, token).ConfigureAwait(false);
                }
                catch (GitProtocolException e) when (e.IsLimit)
                {
                    throw new RateLimitedException(e.Message);
                }
                catch (GitProtocolException e) when (e.IsTransient && (!request.IsOptimistic || ++attempts < 2))
                {
                    throw new TransientUpstreamException(e.Message, e);
                }
            },
            cancellationToken);
    }
}

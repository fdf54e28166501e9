using System.Net.Http.Headers;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Sends requests through an HTTP client or handler chain of the caller, without retries.</summary>
/// <remarks>Thread-safe, as the client is.</remarks>
internal sealed class HttpGitTransport(HttpMessageInvoker http) : IGitTransport
{
    public UpstreamLimits Limits { get; init; } = new();

    public async Task<T> SendAsync<T>(GitRequest request, ReadGitAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        using var message = Compose(request);
        using var answer = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        var head = new GitAnswer(
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.RequestMessage?.RequestUri ?? request.Uri);
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await readAsync(head, body, cancellationToken).ConfigureAwait(false);
        }
    }

    private static HttpRequestMessage Compose(GitRequest request)
    {
        var message = new HttpRequestMessage(request.Body is null ? HttpMethod.Get : HttpMethod.Post, request.Uri);
        message.Headers.TryAddWithoutValidation("Accept", request.AnswerType);
        if (request.Protocol is { } protocol) message.Headers.TryAddWithoutValidation("Git-Protocol", protocol);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.BodyType!);
        }

        return message;
    }

    // HttpClient would buffer the whole answer; other invokers do not.
    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) => http is HttpClient client
        ? client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
        : http.SendAsync(message, cancellationToken);
}

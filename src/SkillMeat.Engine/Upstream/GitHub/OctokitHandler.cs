using System.Text;
using System.Text.Json;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Sends one request of Octokit through <see cref="UpstreamHttp"/>. Retries, limits, redirects, tokens and errors are the same as for every other request, and Octokit only sees good answers.
/// </summary>
/// <param name="http">Sends requests.</param>
/// <param name="request">The request. Its address and its <c>Accept</c> are replaced by Octokit's.</param>
/// <param name="answer">The kind of answer, in words, and a member that such an answer always has. An answer without it is asked for again.</param>
/// <param name="cancellation">Cancels the request. Octokit's methods take no token, and its own would end the wait for a rate limit after 100 seconds.</param>
internal sealed class OctokitHandler(UpstreamHttp http, UpstreamHttpRequest request, (string Words, string Member) answer, CancellationToken cancellation) : HttpMessageHandler
{
    /// <summary>The head of the answer; null until it arrives.</summary>
    public UpstreamResponse? Response { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var asked = request with { Uri = message.RequestUri!, Accept = message.Headers.Accept.ToString() };
        var (response, text) = await http.SendAsync(asked, ReadAsync, cancellation).ConfigureAwait(false);
        Response = response;
        return new HttpResponseMessage(response.Status) { RequestMessage = message, Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }

    private async Task<(UpstreamResponse Response, string Text)> ReadAsync(Stream body, UpstreamResponse response, CancellationToken cancellationToken)
    {
        // Octokit reads an empty object as null.
        if (response.IsNotModified && request.Headers.Count > 0) return (response, "{}");
        using var json = await WholeJson.ReadAsync(body, request.What, http.Limits, cancellationToken).ConfigureAwait(false);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(answer.Member, out _)
            ? (response, json.RootElement.GetRawText())
            : throw new TransientUpstreamException($"the answer is not {answer.Words}");
    }
}

using System.Text;
using System.Text.Json;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Sends one of Octokit's requests by <see cref="UpstreamHttp"/>: retries, limits, redirects, tokens and errors are those of all other requests, and Octokit sees nothing but a good answer.
/// </summary>
/// <param name="http">Sends it.</param>
/// <param name="request">The request as far as Octokit does not know it; address and <c>Accept</c> are Octokit's.</param>
/// <param name="answer">What the answer should be, in words, and a member that such an answer always has: any other is a passing fault.</param>
/// <param name="cancellation">Ends the request. Octokit's methods take no token, and its own time-out ends after 100 seconds what may wait for a rate limit.</param>
internal sealed class OctokitHandler(UpstreamHttp http, UpstreamHttpRequest request, (string Words, string Member) answer, CancellationToken cancellation) : HttpMessageHandler
{
    /// <summary>The head of the answer; null before there is one.</summary>
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
        // What the ETag stands for has not changed; Octokit reads an empty object as null.
        if (response.IsNotModified && request.Headers.Count > 0) return (response, "{}");
        using var json = await WholeJson.ReadAsync(body, request.What, cancellationToken).ConfigureAwait(false);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(answer.Member, out _)
            ? (response, json.RootElement.GetRawText())
            : throw new TransientUpstreamException($"the answer is not {answer.Words}");
    }
}

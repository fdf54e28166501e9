using System.Net;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Answers every request for an archive with a body, without a network. Git is over its limit, so that there is nothing to compare the archive with.</summary>
internal sealed class AnsweringHandler(Func<int, Stream> bodyOf) : HttpMessageHandler
{
    private int _requests;

    public AnsweringHandler(byte[] body)
        : this(_ => new MemoryStream(body))
    {
    }

    /// <summary>The number of requested archives.</summary>
    public int Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.Contains("/tarball/", StringComparison.Ordinal) || path.Contains("/archive/", StringComparison.Ordinal))
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(bodyOf(Interlocked.Increment(ref _requests))) });
        }

        if (path.Contains("/raw/", StringComparison.Ordinal)) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("") });
        // GitHub's REST interface also serves archives, so only its trees are missing here.
        if (path.Contains("/git/trees/", StringComparison.Ordinal)) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotImplemented) { Content = new StringContent("") });
        var refusal = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("rate limit exceeded") };
        refusal.Headers.Add("Retry-After", "7200");
        return Task.FromResult(refusal);
    }
}

using System.Net;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Answers every request with a body, without a network.</summary>
internal sealed class AnsweringHandler(Func<int, Stream> bodyOf) : HttpMessageHandler
{
    private int _requests;

    public AnsweringHandler(byte[] body)
        : this(_ => new MemoryStream(body))
    {
    }

    public int Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(bodyOf(Interlocked.Increment(ref _requests))) });
}

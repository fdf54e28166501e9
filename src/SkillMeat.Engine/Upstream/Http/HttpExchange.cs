namespace SkillMeat.Upstream.Http;

/// <summary>A sent request together with its answer. Disposing it releases the connection.</summary>
internal sealed class HttpExchange : IDisposable
{
    private readonly HttpRequestMessage _sent;

    public HttpExchange(HttpRequestMessage sent, HttpResponseMessage received, bool tokenSent)
    {
        _sent = sent;
        Received = received;
        Response = new UpstreamResponse(received, sent.RequestUri!, tokenSent, isAnonymous: !sent.Headers.NonValidated.Contains("Authorization"));
    }

    /// <summary>The answer.</summary>
    public HttpResponseMessage Received { get; }

    /// <summary>The head of the answer.</summary>
    public UpstreamResponse Response { get; }

    public void Dispose()
    {
        Received.Dispose();
        _sent.Dispose();
    }
}

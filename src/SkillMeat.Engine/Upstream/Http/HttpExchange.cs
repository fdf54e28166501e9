namespace SkillMeat.Upstream.Http;

/// <summary>One request on the wire together with its answer; disposing it gives the connection back.</summary>
internal sealed class HttpExchange : IDisposable
{
    private readonly HttpRequestMessage _sent;

    public HttpExchange(HttpRequestMessage sent, HttpResponseMessage received, bool tokenSent)
    {
        _sent = sent;
        Received = received;
        Response = new UpstreamResponse(received, sent.RequestUri!, tokenSent, isAnonymous: !sent.Headers.NonValidated.Contains("Authorization"));
    }

    /// <summary>The answer as .NET has it.</summary>
    public HttpResponseMessage Received { get; }

    /// <summary>The answer's head.</summary>
    public UpstreamResponse Response { get; }

    public void Dispose()
    {
        Received.Dispose();
        _sent.Dispose();
    }
}

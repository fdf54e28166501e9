using System.Net;
using System.Net.Http.Headers;

namespace SkillMeat.Tests.Marketplaces;

/// <summary>Files on a web server, and a network that can be gone. Other hosts are reached as usual.</summary>
internal sealed class WebFiles : HttpMessageHandler
{
    private readonly HttpMessageInvoker _network = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All });
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Whether nothing can be reached.</summary>
    public bool IsGone { get; set; }

    /// <summary>A part of the addresses that cannot be reached, or null.</summary>
    public string? Blocked { get; set; }

    public List<HttpRequestMessage> Requests { get; } = [];

    public void Put(string address, string text) => _files[address] = text;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Requests) Requests.Add(request);
        if (IsGone || (Blocked is { } part && request.RequestUri!.AbsolutePath.Contains(part, StringComparison.Ordinal))) throw new HttpRequestException("Name or service not known");
        if (request.RequestUri!.Host != "market.example") return _network.SendAsync(request, cancellationToken);
        if (!_files.TryGetValue(request.RequestUri.AbsolutePath, out var text)) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request, Content = new StringContent("") });
        var tag = new EntityTagHeaderValue($"\"{text.Length}\"");
        var isKnown = request.Headers.TryGetValues("If-None-Match", out var known) && known.Contains(tag.ToString());
        var answer = new HttpResponseMessage(isKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK) { RequestMessage = request, Content = isKnown ? new ByteArrayContent([]) : new StringContent(text) };
        answer.Headers.ETag = tag;
        return Task.FromResult(answer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _network.Dispose();
        base.Dispose(disposing);
    }
}

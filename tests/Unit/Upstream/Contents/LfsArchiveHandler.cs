using System.Net;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Passes requests on to the network, but answers like a GitHub whose archives, or only whose raw files, contain the objects of Git LFS instead of the pointers.</summary>
/// <param name="archive">The archive; null if it is not available.</param>
/// <param name="raw">The content of each raw file.</param>
internal sealed class LfsArchiveHandler(byte[]? archive, byte[] raw) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.Contains("/raw/", StringComparison.Ordinal)) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(raw) });
        if (!path.Contains("/archive/", StringComparison.Ordinal)) return base.SendAsync(request, cancellationToken);
        return Task.FromResult(archive is null ? new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("") } : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(archive) });
    }
}

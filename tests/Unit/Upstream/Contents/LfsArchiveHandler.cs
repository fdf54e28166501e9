using System.Net;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Sends on to the network, but answers as a GitHub whose archives, or only whose raw files, hold what pointers of Git LFS stand for.</summary>
/// <param name="archive">The archive; null for one that can't be had.</param>
/// <param name="raw">Each raw file.</param>
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

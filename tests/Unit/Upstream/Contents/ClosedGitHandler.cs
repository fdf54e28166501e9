using System.Net;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Refuses git's requests and passes all others on, so that the program git is needed.</summary>
internal sealed class ClosedGitHandler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        return path.EndsWith("/info/refs", StringComparison.Ordinal) || path.EndsWith("/git-upload-pack", StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("") })
            : base.SendAsync(request, cancellationToken);
    }
}

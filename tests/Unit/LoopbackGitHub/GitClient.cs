using System.Net.Http.Headers;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A plain client of git's smart HTTP that need not identify itself as git.</summary>
internal sealed class GitClient : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async Task<HttpResponseMessage> AdvertiseAsync(string repository, string? agent = "git/2.0 (test)", string? token = null)
    {
        using var request = Prepare(HttpMethod.Get, repository + "/info/refs?service=git-upload-pack", agent, token);
        return await _client.SendAsync(request, Cancel);
    }

    public async Task<HttpResponseMessage> UploadAsync(string repository, string? agent = "git/2.0 (test)", string? token = null)
    {
        using var request = Prepare(HttpMethod.Post, repository + "/git-upload-pack", agent, token);
        request.Headers.Add("Git-Protocol", "version=2");
        request.Content = new ByteArrayContent("0014command=ls-refs\n0000"u8.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-git-upload-pack-request");
        return await _client.SendAsync(request, Cancel);
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Prepare(HttpMethod method, string url, string? agent, string? token)
    {
        var request = new HttpRequestMessage(method, url);
        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:" + token)));
        }

        return request;
    }
}

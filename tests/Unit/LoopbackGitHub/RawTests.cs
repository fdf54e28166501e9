using System.Net;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class RawTests : IAsyncLifetime
{
    private readonly SampleRepository _sample = new();
    private readonly string _file = Path.GetTempFileName();
    private LoopbackGitHubServer _server = null!;
    private GitHubClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/sample", _sample.Builder);
        _client = new GitHubClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
        File.Delete(_file);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Url => _server.ServerUrl + "/octo-org/sample/raw/";

    [Theory]
    [InlineData("main", "README.md", "text/plain")]
    [InlineData("v1.0.0", "data.bin", "application/octet-stream")]
    [InlineData("feature/side", "side.txt", "text/plain")]
    [InlineData("refs/heads/feature/side", "side.txt", "text/plain")]
    [InlineData("HEAD", "skills/na%C3%AFve%20caf%C3%A9/SKILL.md", "text/plain")]
    public async Task A_file_is_gits_bytes_after_one_redirect(string reference, string path, string type)
    {
        using var redirect = await _client.GetAsync($"{Url}{reference}/{path}");
        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.Equal($"{_server.ServerUrl}/raw-host/octo-org/sample/{reference}/{path}", redirect.Headers.Location!.OriginalString);
        using var answer = await _client.GetAsync(redirect.Headers.Location!.OriginalString);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        var id = _sample.Builder.Git("rev-parse", $"{reference}:{Uri.UnescapeDataString(path)}");
        Assert.Equal(id, await BlobIdAsync(answer));
        Assert.Equal(2, _server.Log.Count(RequestKind.Raw));
    }

    [Theory]
    [InlineData("main/nothing")]
    [InlineData("main/skills")]
    [InlineData("nothing/README.md")]
    [InlineData("main")]
    public async Task A_path_that_is_no_file_is_not_found(string rest)
    {
        using var page = await _client.GetAsync(Url + rest);
        using var host = await _client.GetAsync(_server.ServerUrl + "/raw-host/octo-org/sample/" + rest);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, host.StatusCode);
    }

    [Fact]
    public async Task A_private_file_needs_the_token()
    {
        _server.SetFacts("octo-org/sample", new RepositoryFacts { Private = true });
        using var anonymous = await _client.GetAsync(Url + "main/README.md");
        using var withToken = await _client.GetAsync(Url + "main/README.md", _server.Token);

        Assert.Equal(HttpStatusCode.NotFound, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Found, withToken.StatusCode);
    }

    private async Task<string> BlobIdAsync(HttpResponseMessage answer)
    {
        await File.WriteAllBytesAsync(_file, await answer.Content.ReadAsByteArrayAsync(Cancel), Cancel);
        return _sample.Builder.Git("hash-object", "--no-filters", _file);
    }
}

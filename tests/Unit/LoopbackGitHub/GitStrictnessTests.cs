using System.Net;
using System.Text;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class GitStrictnessTests : IAsyncLifetime
{
    private readonly SampleRepository _sample = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("loopback-strict-").FullName;
    private readonly GitClient _client = new();
    private LoopbackGitHubServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/sample", _sample.Builder);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Url => _server.ServerUrl + "/octo-org/sample";

    // git itself sends credentials only after a 401, which info/refs never answers here.
    private string Header => "http.extraHeader=Authorization: Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:" + _server.Token));

    [Theory]
    [InlineData(null)]
    [InlineData("skm/1.0")]
    [InlineData("Git/2.0")]
    [InlineData("skm git/2.0")]
    public async Task A_client_that_does_not_call_itself_git_is_forbidden(string? agent)
    {
        using var refs = await _client.AdvertiseAsync(Url + ".git", agent);
        using var upload = await _client.UploadAsync(Url + ".git", agent);
        using var withToken = await _client.UploadAsync(Url + ".git", agent, _server.Token);

        Assert.Equal(HttpStatusCode.Forbidden, refs.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, upload.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, withToken.StatusCode);
        Assert.StartsWith("Please upgrade your git client.", await refs.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_needs_the_suffix_and_the_refs_do_not()
    {
        using var refs = await _client.AdvertiseAsync(Url);
        using var refsWithSuffix = await _client.AdvertiseAsync(Url + ".git");
        using var upload = await _client.UploadAsync(Url);
        using var uploadWithToken = await _client.UploadAsync(Url, token: _server.Token);
        using var uploadWithSuffix = await _client.UploadAsync(Url + ".git");

        Assert.Equal(
            [200, 200, 422, 422, 200],
            new[] { refs, refsWithSuffix, upload, uploadWithToken, uploadWithSuffix }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task A_lenient_server_answers_anybody()
    {
        await using var lenient = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { StrictGit = false }, Cancel);
        lenient.AddRepository("a/b", _sample.Builder);
        using var upload = await _client.UploadAsync(lenient.ServerUrl + "/a/b", agent: null);

        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    public void Real_git_clones_from_a_strict_server(string protocol)
    {
        RealGit.Run(_folder, "-c", "protocol.version=" + protocol, "clone", "--quiet", Url + ".git", "copy");

        Assert.Equal(_sample.Second, RealGit.Run(Path.Combine(_folder, "copy"), "rev-parse", "HEAD"));
    }

    [Fact]
    public async Task A_refusal_of_uploads_without_credentials_is_401_after_200()
    {
        _server.GitMood = GitMood.Refuse401;
        using var refs = await _client.AdvertiseAsync(Url + ".git");
        using var upload = await _client.UploadAsync(Url + ".git");

        Assert.Equal(HttpStatusCode.OK, refs.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, upload.StatusCode);
        Assert.Equal("Basic realm=\"GitHub\"", upload.Headers.WwwAuthenticate.ToString());
        Assert.NotEqual("", upload.Headers.GetValues("x-github-edge-message").Single());
        Assert.NotEqual(0, RealGit.TryRun(_folder, "clone", "--quiet", Url + ".git", "copy").Code);
    }

    [Fact]
    public async Task A_limit_of_uploads_without_credentials_can_be_an_err_line()
    {
        _server.GitMood = GitMood.ErrLine;
        using var refs = await _client.AdvertiseAsync(Url + ".git");
        using var upload = await _client.UploadAsync(Url + ".git");

        Assert.Equal(HttpStatusCode.OK, refs.StatusCode);
        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);
        Assert.Equal("application/x-git-upload-pack-result", upload.Content.Headers.ContentType!.MediaType);
        Assert.Equal("0045ERR GitHub is temporarily limiting some unauthenticated downloads", await upload.Content.ReadAsStringAsync(Cancel));
        var (code, _, errors) = RealGit.TryRun(_folder, "clone", "--quiet", Url + ".git", "copy");
        Assert.NotEqual(0, code);
        Assert.Contains("remote error: GitHub is temporarily limiting some unauthenticated downloads", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_of_uploads_without_credentials_can_be_in_words_alone()
    {
        _server.GitMood = GitMood.TooManyRequestsInWords;
        using var refs = await _client.AdvertiseAsync(Url + ".git");
        using var upload = await _client.UploadAsync(Url + ".git");

        Assert.Equal(HttpStatusCode.OK, refs.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, upload.StatusCode);
        Assert.Equal("This request was rate-limited due to too many requests", await upload.Content.ReadAsStringAsync(Cancel));
        Assert.Null(upload.Headers.RetryAfter);
        Assert.DoesNotContain(upload.Headers, header => header.Key.StartsWith("x-ratelimit", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(GitMood.Refuse401)]
    [InlineData(GitMood.ErrLine)]
    [InlineData(GitMood.TooManyRequestsInWords)]
    public async Task A_token_is_not_limited_and_a_mood_passes(GitMood mood)
    {
        _server.GitMood = mood;
        RealGit.Run(_folder, "-c", Header, "clone", "--quiet", Url + ".git", "copy");
        _server.GitMood = GitMood.None;
        using var upload = await _client.UploadAsync(Url + ".git");

        Assert.Equal(_sample.Second, RealGit.Run(Path.Combine(_folder, "copy"), "rev-parse", "HEAD"));
        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);
    }
}

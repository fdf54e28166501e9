using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class TokenRefusalTests : IAsyncLifetime
{
    private readonly SampleRepository _sample = new();
    private readonly GitClient _git = new();
    private LoopbackGitHubServer _server = null!;
    private GitHubClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/closed", _sample.Builder);
        _server.AddRepository("octo-org/open", _sample.Builder);
        _client = new GitHubClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _git.Dispose();
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Url => _server.ServerUrl + "/octo-org/closed.git";

    [Theory]
    [InlineData(TokenRefusal.Forbidden, "Resource not accessible by personal access token", false)]
    [InlineData(TokenRefusal.Saml, "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.", true)]
    [InlineData(
        TokenRefusal.IpAllowList,
        "Although you appear to have the correct authorization credentials, the `octo-org` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
        false)]
    [InlineData(
        TokenRefusal.TokenLifetime,
        "The 'octo-org' organization forbids access via a personal access token (classic) if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/tokens/1",
        false)]
    public async Task A_token_gets_null_and_the_reason_from_GraphQL(TokenRefusal refusal, string message, bool saml)
    {
        Close(refusal);
        var answer = await _client.QueryAsync(
            "{ a: repository(owner: \"octo-org\", name: \"closed\") { name } b: repository(owner: \"octo-org\", name: \"open\") { name } }");
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray().ToList());

        Assert.Equal("""{"a":null,"b":{"name":"open"}}""", answer.GetProperty("data").GetRawText());
        Assert.Equal("FORBIDDEN", error.GetProperty("type").GetString());
        Assert.Equal("""["a"]""", error.GetProperty("path").GetRawText());
        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Equal(saml ? JsonValueKind.True : JsonValueKind.False, error.GetProperty("extensions").GetProperty("saml_failure").ValueKind);
    }

    [Theory]
    [InlineData(TokenRefusal.Forbidden)]
    [InlineData(TokenRefusal.Saml)]
    [InlineData(TokenRefusal.IpAllowList)]
    [InlineData(TokenRefusal.TokenLifetime)]
    public async Task A_token_is_forbidden_everywhere_else_and_nobody_without_one(TokenRefusal refusal)
    {
        Close(refusal);
        var archive = _server.ServerUrl + "/codeload/octo-org/closed/tar.gz/main";
        foreach (var (token, expected) in new[] { (_server.Token, HttpStatusCode.Forbidden), (null, HttpStatusCode.OK) })
        {
            using var rest = await _client.GetAsync("/repos/octo-org/closed", token);
            using var file = await _client.GetAsync(archive, token);
            using var refs = await _git.AdvertiseAsync(Url, token: token);
            using var upload = await _git.UploadAsync(Url, token: token);
            using var other = await _client.GetAsync("/repos/octo-org/open", token);

            Assert.All([rest, file, refs, upload], answer => Assert.Equal(expected, answer.StatusCode));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            Assert.Equal(refusal == TokenRefusal.Saml && token is not null, rest.Headers.Contains("X-GitHub-SSO"));
        }
    }

    [Fact]
    public async Task Single_sign_on_has_an_address()
    {
        Close(TokenRefusal.Saml);
        using var answer = await _client.GetAsync("/repos/octo-org/closed", _server.Token);

        Assert.Equal("required; url=https://github.com/orgs/octo-org/sso?authorization_request=abc", answer.Headers.GetValues("X-GitHub-SSO").Single());
        Assert.StartsWith(
            "Resource protected by organization SAML enforcement.", (await GitHubClient.ReadJsonAsync(answer)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_repository_stays_hidden_from_those_without_a_token()
    {
        _server.SetFacts("octo-org/closed", new RepositoryFacts { Private = true, TokenRefusal = TokenRefusal.Saml });
        using var anonymous = await _client.GetAsync("/repos/octo-org/closed");
        using var withToken = await _client.GetAsync("/repos/octo-org/closed", _server.Token);

        Assert.Equal(HttpStatusCode.NotFound, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, withToken.StatusCode);
    }

    private void Close(TokenRefusal refusal) => _server.SetFacts("octo-org/closed", new RepositoryFacts { TokenRefusal = refusal });
}

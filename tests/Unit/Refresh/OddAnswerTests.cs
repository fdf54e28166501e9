using System.Net;
using System.Text;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>Answers that GitHub gives on bad days, and that a real repository cannot cause.</summary>
public sealed class OddAnswerTests : IDisposable
{
    private const string Sha = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly string _home = Directory.CreateTempSubdirectory("skm-odd-").FullName;

    [Fact]
    public async Task A_null_beside_an_error_without_a_path_does_not_mean_deleted()
    {
        var check = await CheckAsync("""{"data":{"r0":{"nameWithOwner":"o/r","defaultBranchRef":{"target":{"oid":"SHA"}},"l0":null,"l1":null}},"errors":[{"message":"Something went wrong while executing your query."}]}""");

        Assert.Equal((ChangeType.Unknown, ErrorIds.UpstreamUnavailable), (check.ChangeType, check.ErrorId));
    }

    [Fact]
    public async Task A_null_because_of_an_error_of_its_own_does_not_mean_deleted()
    {
        var check = await CheckAsync("""{"data":{"r0":{"nameWithOwner":"o/r","defaultBranchRef":{"target":{"oid":"SHA"}},"l0":null,"l1":null}},"errors":[{"type":"INTERNAL","path":["r0","l0"],"message":"object store is away"}]}""");

        Assert.Equal(ChangeType.Unknown, check.ChangeType);
        Assert.Contains("object store is away", check.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"r0":{}}}""")]
    [InlineData("""{"data":{"r0":{"nameWithOwner":7}}}""")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"data":{"r0":null}}""")]
    public async Task An_answer_of_another_shape_is_unknown(string answer) =>
        Assert.Equal((ChangeType.Unknown, ErrorIds.UpstreamUnavailable), await CheckAsync(answer) is var check ? (check.ChangeType, check.ErrorId) : default);

    [Theory]
    [InlineData("""{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}""")]
    [InlineData("""{"errors":[{"type":"RATE_LIMIT","code":"graphql_rate_limit","message":"API rate limit already exceeded"}]}""")]
    public async Task A_used_up_GraphQL_limit_is_told_with_its_reset(string answer)
    {
        var reset = DateTimeOffset.UtcNow.AddHours(1);

        var check = await CheckAsync(answer, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.ToUnixTimeSeconds().ToString()));

        Assert.Equal(ErrorIds.UpstreamRateLimited, check.ErrorId);
        Assert.Contains(reset.ToString("yyyy-MM-dd'T'HH:mm"), check.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"errors":[{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}]}""", ErrorIds.UpstreamSecondaryRateLimited)]
    [InlineData("""{"errors":[{"type":"FORBIDDEN","message":"API rate limit already exceeded for user ID 1."}],"data":null}""", ErrorIds.UpstreamRateLimited)]
    [InlineData("""{"message":"You have exceeded a secondary rate limit.","documentation_url":"https://docs.github.com"}""", ErrorIds.UpstreamSecondaryRateLimited)]
    public async Task A_limit_that_only_the_words_tell_is_told_with_the_wait_of_the_headers_and_asked_once(string answer, string errorId)
    {
        var requests = 0;
        // The requests of the hour are not used up, so the time of the reset has no meaning.
        var check = await CheckAsync(
            answer, () => requests++,
            ("Retry-After", "7200"), ("x-ratelimit-remaining", "4999"), ("x-ratelimit-reset", DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeSeconds().ToString()));

        Assert.Equal(errorId, check.ErrorId);
        Assert.Contains("rate limit", check.Reason, StringComparison.Ordinal);
        Assert.Equal(1, requests);
    }

    [Theory]
    [InlineData("https://github.com/orgs/o/sso?authorization_request=abc", true)]
    [InlineData("https://github.com/enterprises/e/sso?authorization_request=abc", true)]
    [InlineData("https://github.com/orgs/another/sso?authorization_request=abc", false)]
    [InlineData("http://github.com/orgs/o/sso", false)]
    [InlineData("https://github.com.example.org/orgs/o/sso", false)]
    [InlineData("https://user:password@github.com/orgs/o/sso", false)]
    public async Task Where_the_token_can_be_let_in_is_shown_if_it_is_on_the_same_site(string address, bool isShown)
    {
        var check = await CheckAsync(
            """{"data":{"r0":null},"errors":[{"type":"FORBIDDEN","path":["r0"],"extensions":{"saml_failure":true},"message":"Resource protected by organization SAML enforcement."}]}""",
            ("X-GitHub-SSO", $"required; url={address}"));

        Assert.Equal(ChangeType.Unknown, check.ChangeType);
        Assert.Contains("SAML enforcement", check.Reason, StringComparison.Ordinal);
        Assert.Equal(isShown, check.Reason!.Contains(address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_repository_whose_name_sounds_like_trouble_is_just_missing()
    {
        var requests = 0;
        var check = await CheckAsync("""{"data":{"r0":null},"errors":[{"type":"NOT_FOUND","path":["r0"],"message":"Could not resolve to a Repository with the name 'o/timeout-tools'."}]}""", () => requests++);

        Assert.Equal(ErrorIds.UpstreamNotFound, check.ErrorId);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_repository_that_can_not_be_asked_for_new_artifacts_is_a_problem_of_the_check()
    {
        var result = await CheckAllAsync("""{"data":{"r0":null},"errors":[{"type":"NOT_FOUND","path":["r0"],"message":"x"}]}""", () => { }, new RefreshRequest { Filter = ArtifactFilter.Parse(["agent"], []) });

        Assert.Empty(result.Checks);
        Assert.True(result.HasErrors);
        Assert.Contains("o/r", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private Task<ArtifactCheck> CheckAsync(string answer, params (string Name, string Value)[] headers) => CheckAsync(answer, () => { }, headers);

    private async Task<ArtifactCheck> CheckAsync(string answer, Action asked, params (string Name, string Value)[] headers) =>
        Assert.Single((await CheckAllAsync(answer, asked, new RefreshRequest(), headers)).Checks);

    private async Task<UpdateCheckResult> CheckAllAsync(string answer, Action asked, RefreshRequest request, params (string Name, string Value)[] headers)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home, "collections", "default")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "collection.toml"),
            $"[collection]\nname = \"default\"\n\n[[artifacts]]\nname = \"pdf\"\ntype = \"skill\"\npath = \"skills/pdf\"\norigin = \"github\"\nadded = \"2026-01-01T00:00:00\"\nupstream = \"https://github.com/o/r/tree/{Sha}/skills/pdf\"\nresolved_sha = \"{Sha}\"\n",
            TestContext.Current.CancellationToken);
        var store = CollectionStore.Open(_home);
        using var handler = new CannedAnswer(answer.Replace("SHA", Sha, StringComparison.Ordinal), asked, headers);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions
        {
            Environment = name => name == "GITHUB_TOKEN" ? "tok" : null,
            Handler = handler,
            Http = new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxRetries = 1 },
        });
        return await new CollectionRefresher(store, session).CheckAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }

    private sealed class CannedAnswer(string answer, Action asked, (string Name, string Value)[] headers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked();
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Upstream.Git;
using SkillMeat.Tests.Upstream.Http;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Upstream;

/// <summary>GitHubs other than github.com are requested at their own addresses, and never with the token of another host.</summary>
public sealed class OtherGitHubTests : IDisposable
{
    private const string Token = "ghp_S3cretS3cretS3cretS3cretS3cret0123456";

    private readonly GitSandbox _git = new();
    private readonly TempHome _home = new();
    private readonly string _head;

    public OtherGitHubTests()
    {
        Directory.CreateDirectory(_home.At("collections"));
        _git.Init("r");
        _git.Run("r", "config", "uploadpack.allowFilter", "true");
        _git.Run("r", "config", "uploadpack.allowAnySHA1InWant", "true");
        _git.Write("r", "skills/a/SKILL.md", "---\nname: a\n---\n");
        _head = _git.CommitAll("r", "1");
    }

    [Theory]
    [InlineData("https://ghe.example.com", "https://ghe.example.com/o/r/tree/main/skills/a", "https://ghe.example.com/o/r", "https://ghe.example.com/api/v3/repos/o/r")]
    [InlineData("https://octo.ghe.com", "https://octo.ghe.com/o/r/tree/main/skills/a", "https://octo.ghe.com/o/r", "https://api.octo.ghe.com/repos/o/r")]
    [InlineData(null, "https://octo.ghe.com/o/r/tree/main/skills/a", "https://octo.ghe.com/o/r", "https://api.octo.ghe.com/repos/o/r")]
    public async Task Without_a_token_git_and_REST_are_asked_at_the_GitHubs_own_addresses(string? server, string upstream, string git, string rest)
    {
        var (answer, requests) = await AskAsync(server, token: null, upstream);

        Assert.Null(answer.Error);
        Assert.Equal(_head, answer.Paths[0].Commit);
        Assert.Equal("facts", answer.Facts!.Description);
        Assert.All(requests, request => Assert.True(request.Address == rest || request.Address.StartsWith(git, StringComparison.Ordinal), request.Address));
        Assert.Equal("2022-11-28", Assert.Single(requests, request => request.Address == rest).ApiVersion);
    }

    [Theory]
    [InlineData("https://ghe.example.com", "https://ghe.example.com/api/graphql")]
    [InlineData("https://octo.ghe.com", "https://api.octo.ghe.com/graphql")]
    public async Task With_its_token_GraphQL_is_asked_at_the_GitHubs_own_address(string server, string graphQL)
    {
        var (_, requests) = await AskAsync(server, Token, $"{server}/o/r/tree/main/skills/a");

        Assert.Contains(requests, request => request.Address == graphQL && request.Authorization == $"Bearer {Token}");
    }

    [Fact]
    public async Task The_token_of_github_com_goes_to_no_other_GitHub()
    {
        var (answer, requests) = await AskAsync(server: null, Token, "https://octo.ghe.com/o/r/tree/main/skills/a");

        Assert.Null(answer.Error);
        Assert.All(requests, request => Assert.Null(request.Authorization));
    }

    public void Dispose()
    {
        _git.Dispose();
        _home.Dispose();
    }

    private async Task<(RepositoryAnswer Answer, IReadOnlyList<Request> Requests)> AskAsync(string? server, string? token, string upstream)
    {
        await using var backend = await GitHttpBackend.StartAsync(_git.Root);
        using var handler = new World(backend.UriOf("r"));
        using var session = UpstreamSession.Create(CollectionStore.Open(_home.Path), new UpstreamSessionOptions
        {
            Environment = name => name switch { "GITHUB_SERVER_URL" => server, "GITHUB_TOKEN" => token, _ => null },
            Http = HttpRig.Quick with { MaxRetries = 0 },
            Handler = handler,
        });
        var source = SourceSpec.Parse(upstream, session.ContextFor(_home.Path));
        Assert.Equal(RepositoryKind.GitHub, source.Repository.Kind);
        var path = new PathQuestion(source.Path, ArtifactType.Skill, RefSpec.Latest, BaseCommit: null, BaseContentHash: null, ManifestDetail.Id);
        var answers = await session.Provider.AskAllAsync([new RepositoryQuestion(source.Repository, [path], [], WithFacts: true)], TestContext.Current.CancellationToken);
        return (Assert.Single(answers), [.. handler.Requests]);
    }

    private sealed record Request(string Address, string? Authorization, string? ApiVersion);

    /// <summary>Hosts that do not exist: git's requests are answered from a repository on this machine.</summary>
    private sealed class World(Uri repository) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _network = new(new SocketsHttpHandler());

        public ConcurrentQueue<Request> Requests { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!.AbsoluteUri;
            Requests.Enqueue(new Request(address, Header(request, "Authorization"), Header(request, "X-GitHub-Api-Version")));
            int end = Math.Max(address.IndexOf("/info/refs", StringComparison.Ordinal), address.IndexOf("/git-upload-pack", StringComparison.Ordinal));
            if (end < 0)
            {
                bool isRest = request.Method == HttpMethod.Get;
                return new HttpResponseMessage(isRest ? HttpStatusCode.OK : HttpStatusCode.Unauthorized)
                {
                    RequestMessage = request,
                    Content = new StringContent("""{"full_name":"o/r","description":"facts"}""", Encoding.UTF8, "application/json"),
                };
            }

            using var copy = new HttpRequestMessage(request.Method, repository.AbsoluteUri + address[end..]);
            foreach (var (name, values) in request.Headers.NonValidated) copy.Headers.TryAddWithoutValidation(name, values.ToString());
            if (request.Content is { } content)
            {
                copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
                copy.Content.Headers.ContentType = content.Headers.ContentType;
            }

            var answer = await _network.SendAsync(copy, cancellationToken);
            answer.RequestMessage = request;
            return answer;
        }

        protected override void Dispose(bool disposing)
        {
            _network.Dispose();
            base.Dispose(disposing);
        }

        private static string? Header(HttpRequestMessage request, string name) => request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
    }
}

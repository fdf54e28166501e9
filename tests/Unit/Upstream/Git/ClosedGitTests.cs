using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>A GitHub that serves git objects only to clients with a token.</summary>
public sealed class ClosedGitTests : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("skm-closed-").FullName;
    private readonly GitRepositoryBuilder _git = GitRepositoryBuilder.Create();
    private LoopbackGitHubServer _server = null!;
    private string _first = "", _second = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Moods => [nameof(GitMood.Refuse401), nameof(GitMood.ErrLine), nameof(GitMood.TooManyRequestsInWords)];

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { AnonymousLimit = 1000 }, Token);
        _first = _git.Commit("one", GitChange.Write("skills/pdf/SKILL.md", "---\nname: pdf\n---\n"), GitChange.Write("skills/csv/SKILL.md", "---\nname: csv\n---\n"));
        _second = _git.Commit("two", GitChange.Write("skills/pdf/SKILL.md", "---\nname: pdf\ndescription: new\n---\n"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _git.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task A_check_where_nothing_moved_is_one_GET_for_each_repository()
    {
        using var session = Connect(50);

        var answers = await AskAsync(session, 50, _second, ManifestDetail.None);

        Assert.All(answers, a => Assert.False(Assert.Single(a.Paths).Changed));
        Assert.Equal(50, _server.Log.Total);
        Assert.All(_server.Log.Records, r => Assert.Equal(("GET", RequestKind.Refs), (r.Method, r.Kind)));
        Assert.All(_server.Log.Records, r => Assert.False(r.Headers.ContainsKey("Git-Protocol")));
    }

    [Fact]
    public async Task Where_something_moved_one_POST_more_brings_the_trees()
    {
        using var session = Connect(5);

        var answers = await AskAsync(session, 5, _first, ManifestDetail.None);

        Assert.All(answers, a => Assert.True(Assert.Single(a.Paths).Changed));
        Assert.Equal(10, _server.Log.Total);
        await AskAsync(session, 5, _first, ManifestDetail.None);
        Assert.Equal(15, _server.Log.Total);
    }

    [Theory]
    [MemberData(nameof(Moods))]
    public async Task Moves_are_told_by_whatever_is_open_and_the_closed_door_is_tried_by_few(string mood)
    {
        _server.GitMood = Enum.Parse<GitMood>(mood);
        using var session = Connect(50);

        var answers = await AskAsync(session, 50, _first, ManifestDetail.Text);

        foreach (var answer in answers)
        {
            Assert.Null(answer.Error);
            var path = Assert.Single(answer.Paths);
            Assert.Null(path.Error);
            Assert.Equal((true, true, _second), (path.Exists, path.Changed!.Value, path.Commit));
            Assert.Equal(IdOf(_second, "skills/pdf"), path.ObjectId);
            Assert.Equal(IdOf(_first, "skills/pdf"), path.BaseObjectId);
            Assert.Contains("description: new", path.Manifest!.Text, StringComparison.Ordinal);
        }

        Assert.InRange(Count(RequestKind.UploadPack), 1, 8);
        Assert.Equal(50, Count(RequestKind.Refs));
        Assert.Equal(100, Count(RequestKind.Rest));
    }

    [Theory]
    [MemberData(nameof(Moods))]
    public async Task Tags_are_found_in_the_list_that_is_open(string mood)
    {
        _git.Tag("v1", _first);
        _server.GitMood = Enum.Parse<GitMood>(mood);
        using var session = Connect(20);

        var answers = await AskAsync(session, 20, _first, ManifestDetail.None, "v1");

        Assert.All(answers, a => Assert.Equal((_first, false), (Assert.Single(a.Paths).Commit, a.Paths[0].Changed)));
        Assert.InRange(Count(RequestKind.UploadPack), 1, 8);
        Assert.Equal(20, Count(RequestKind.Refs));
    }

    [Theory]
    [MemberData(nameof(Moods))]
    public async Task Where_everything_is_closed_one_sentence_names_the_host_and_what_helps(string mood)
    {
        _server.GitMood = Enum.Parse<GitMood>(mood);
        _server.Faults = request => request.Kind == RequestKind.Rest ? Fault.PrimaryLimit() : null;
        using var session = Connect(50);

        var listings = await session.Provider.ListAsync(
            [.. Enumerable.Range(0, 50).Select(i => new TreeQuestion(Repository(session, i), "0123456789abcdef0123456789abcdef01234567"))], Token);

        var sentence = $"{new Uri(_server.ServerUrl).Authority} currently limits git without a token; a token helps: set GITHUB_TOKEN, or log in with 'gh auth login'.";
        Assert.All(listings, l => Assert.Equal((ErrorIds.UpstreamRateLimited, sentence), (l.Error!.ErrorId, l.Error.Message)));
        Assert.InRange(Count(RequestKind.UploadPack), 1, 8);
    }

    [Fact]
    public async Task A_container_that_could_not_be_looked_into_is_no_empty_one()
    {
        _server.GitMood = GitMood.Refuse401;
        _server.Faults = request => request.Kind == RequestKind.Rest ? Fault.Failing(404) : null;
        using var session = Connect(1);
        var question = new RepositoryQuestion(Repository(session, 0), [], [new ContainerQuestion("skills", ArtifactType.Skill, RefSpec.Latest)], WithFacts: false);

        var answer = Assert.Single(await session.Provider.AskAllAsync([question], Token));

        Assert.Empty(answer.Containers);
        Assert.Equal(ErrorIds.UpstreamUnavailable, (answer.Error ?? answer.ContainersError)?.ErrorId);
    }

    [Fact]
    public async Task A_repository_by_ssh_wants_the_program_git()
    {
        using var session = Connect(1);
        var address = SourceSpec.Parse("git@example.invalid:o/r.git", session.ContextFor(_home)).Repository;

        var answers = await session.Provider.AskAllAsync([new RepositoryQuestion(address, [], [], WithFacts: false)], Token);

        Assert.Equal("example.invalid/o/r: ssh addresses need git, which is not on the PATH; install git from git-scm.com or with a package manager.", Assert.Single(answers).Error!.Message);
        Assert.Equal(0, _server.Log.Total);
    }

    private int Count(RequestKind kind) => _server.Log.Count(kind);

    private string IdOf(string commit, string path) => _git.Git("rev-parse", $"{commit}:{path}").Trim();

    private static async Task<IReadOnlyList<RepositoryAnswer>> AskAsync(UpstreamSession session, int repositories, string commit, ManifestDetail detail, string? version = null) =>
        await session.Provider.AskAllAsync(
            [.. Enumerable.Range(0, repositories).Select(i => new RepositoryQuestion(
                Repository(session, i), [new PathQuestion("skills/pdf", ArtifactType.Skill, RefSpec.Parse(version), commit, null, detail)], [], WithFacts: false))],
            Token);

    private static RepositoryAddress Repository(UpstreamSession session, int number) => SourceSpec.Parse($"octo/r{number}", session.ContextFor(Path.GetTempPath())).Repository;

    private UpstreamSession Connect(int repositories)
    {
        for (var i = 0; i < repositories; i++) _server.AddRepository($"octo/r{i}", _git);
        return UpstreamSession.Create(CollectionStore.Open(_home), new UpstreamSessionOptions
        {
            Environment = name => name == "GITHUB_SERVER_URL" ? _server.ServerUrl : name == "GITHUB_API_URL" ? _server.ApiUrl : null,
            Http = new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5) },
        });
    }
}

using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Upstream.Tokens;
using SkillMeat.Updates;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Moods;

/// <summary>
/// A loopback GitHub with some repositories, and a home that follows two skills of each: <c>moves</c>, which has changed since, and <c>stays</c>, which has not. A third,
/// <c>fresh</c>, can be added.
/// </summary>
internal sealed class MoodScene : IAsyncDisposable
{
    public const int Repositories = 3;

    private readonly string _home = Directory.CreateTempSubdirectory("skm-moods-").FullName;
    private readonly GitRepositoryBuilder _git = GitRepositoryBuilder.Create();
    private readonly GitCredentialScene _credentials = new();
    private readonly LoopbackGitHubServer _server;
    private readonly Mood _mood;

    private MoodScene(LoopbackGitHubServer server, Mood mood)
    {
        _server = server;
        _mood = mood;
    }

    /// <summary>The requests of the operation to git's credential helpers.</summary>
    public string[] Told => _credentials.Told;

    public IReadOnlyList<RequestRecord> Requests => _server.Log.Records;

    /// <summary>Cancels operations that wait too long.</summary>
    private readonly CancellationTokenSource _enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private CancellationToken Cancellation => _enough.Token;

    /// <summary>Fills the home while the server is in a good mood, then changes that.</summary>
    public static async Task<MoodScene> StartAsync(Mood mood)
    {
        var scene = new MoodScene(await LoopbackGitHubServer.StartAsync(mood.Options, TestContext.Current.CancellationToken), mood);
        var first = scene._git.Commit("1", Write("moves", "1"), Write("stays", "1"));
        var second = scene._git.Commit("2", Write("moves", "2"), Write("fresh", "1"));
        foreach (var tag in (string[])["v1", "v1.0"]) scene._git.AnnotatedTag(tag, tag, second);
        for (var r = 0; r < Repositories; r++) scene._server.AddRepository($"octo/r{r}", scene._git);
        scene.WriteCollection(first);
        for (var r = 0; r < Repositories; r++) scene._server.SetFacts($"octo/r{r}", mood.Facts);
        scene._server.GitMood = mood.Git;
        scene._server.Faults = mood.Faults?.Invoke();
        return scene;
    }

    /// <summary>Runs an operation.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(string operation)
    {
        var store = CollectionStore.Open(_home);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions
        {
            Environment = Environment,
            Http = new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(20), MaxRateLimitWait = _mood.Patience },
        });
        _enough.CancelAfter(TimeSpan.FromSeconds(40));
        return operation switch
        {
            "check" => [.. (await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation)).Checks
                .Where(c => c.ChangeType != ChangeType.New)
                .Select(c => new Outcome(c.Name, c.ChangeType.ToString(), c.ErrorId, c.Reason))],
            "refresh" => [.. (await new CollectionRefresher(store, session).RefreshAsync(new RefreshRequest(), Cancellation)).Entries
                .Select(e => new Outcome(e.Name, e.Status.ToString(), e.ErrorId, e.Error))],
            "update" => [.. (await new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest(), Cancellation)).Entries
                .Select(e => new Outcome(e.Name, e.Status.ToString(), e.ErrorId, e.Reason))],
            _ => [.. (await new ArtifactAdder(store, session).AddAsync(
                    new AddRequest { Artifacts = [.. Enumerable.Range(0, Repositories).Select(r => new ArtifactAddition($"octo/r{r}/skills/fresh@v1") { Name = $"fresh{r}" })], BaseFolder = _home },
                    Cancellation))
                .Select(e => new Outcome(e.Name ?? e.Spec, e.Status.ToString(), e.ErrorId, e.Reason))],
        };
    }

    /// <summary>The version of each skill in the collection, as <c>moves0: 1</c>.</summary>
    public IReadOnlyList<string> Versions() => [.. Directory.EnumerateDirectories(Path.Combine(_home, "collections", "default", "skills")).Order(StringComparer.Ordinal)
        .Select(skill => $"{Path.GetFileName(skill)}: {File.ReadAllText(Path.Combine(skill, "SKILL.md")).Trim('-', '\n')[^1]}")];

    public async ValueTask DisposeAsync()
    {
        _enough.Dispose();
        await _server.DisposeAsync();
        _git.Dispose();
        _credentials.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    public static string Skill(string name, string version) => $"---\nname: {name}\ndescription: Version {version}\n---\n";

    private static GitChange Write(string name, string version) => GitChange.Write($"skills/{name}/SKILL.md", Skill(name, version));

    private void WriteCollection(string commit)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home, "collections", "default")).FullName;
        var manifest = "[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"2026-01-01T00:00:00\"\nupdated = \"2026-01-01T00:00:00\"\n";
        for (var r = 0; r < Repositories; r++)
        {
            foreach (var skill in (string[])["moves", "stays"])
            {
                manifest += string.Create(CultureInfo.InvariantCulture, $"\n[[artifacts]]\nname = \"{skill}{r}\"\ntype = \"skill\"\npath = \"skills/{skill}{r}\"\norigin = \"github\"\nadded = \"2026-01-01T00:00:00\"\nupstream = \"{_server.ServerUrl}/octo/r{r}/tree/{commit}/skills/{skill}\"\nversion_spec = \"latest\"\nresolved_sha = \"{commit}\"\n");
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "skills", $"{skill}{r}")).FullName, "SKILL.md"), Skill(skill, "1"));
            }
        }

        File.WriteAllText(Path.Combine(folder, "collection.toml"), manifest);
    }

    private string? Environment(string name) => name switch
    {
        "GITHUB_SERVER_URL" => _server.ServerUrl,
        "GITHUB_API_URL" => _server.ApiUrl,
        "GITHUB_GRAPHQL_URL" => _server.GraphQlUrl,
        "GITHUB_TOKEN" => _mood.HasToken ? _server.Token : null,
        _ => _credentials.Environment(name),
    };
}

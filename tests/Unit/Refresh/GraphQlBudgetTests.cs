using System.Diagnostics;
using System.Text.Json;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>The cost of checks with a token: GitHub charges points for requests, and gives up on queries with too many lookups.</summary>
public sealed class GraphQlBudgetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skm-budget-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nine_hundred_artifacts_of_fifty_repositories_cost_six_requests_and_a_hundred_lookups_at_most()
    {
        await using var server = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { Delay = TimeSpan.FromMilliseconds(80) }, Cancellation);
        var expected = await GenerateAsync(server);
        var store = CollectionStore.Open(Path.Combine(_folder, "bench", "home"));
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = name => EnvironmentOf(server, name) });

        var first = await CheckAsync(store, session);
        var (requests, lookups) = Count(server);
        server.Log.Clear();
        var second = await CheckAsync(store, session);
        var (requestsWithIds, lookupsWithIds) = Count(server);

        Assert.Equal(expected, first);
        Assert.Equal(expected, second);
        // 45 repositories: their folder now and at the fetched commit; 5 at an unchanged tag: the tag and the branch of that name.
        Assert.Equal((2, 100L), (requests, lookups));
        Assert.Equal((1, 55L), (requestsWithIds, lookupsWithIds));
    }

    [Fact]
    public async Task Artifacts_of_one_folder_and_what_is_new_there_cost_one_lookup_when_the_ids_are_known()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", Enumerable.Range(0, 5).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", "1")).ToArray());
        scene.Git.Commit("2", GitChange.Write("skills/s3/SKILL.md", "2"), GitChange.Write("docs/x.md", "no container"));
        for (var i = 0; i < 5; i++)
        {
            scene.Add($"s{i}", "skill", $"skills/s{i}", old);
        }

        scene.Save();
        using var session = scene.Connect(out var store);
        Assert.Equal(["skill:s3"], await CheckAsync(store, session));
        Assert.Equal((1, 2L), Count(scene.Server));
        scene.Server.Log.Clear();

        Assert.Equal(["skill:s3"], await CheckAsync(store, session));

        Assert.Equal((1, 1L), Count(scene.Server));
    }

    [Fact]
    public async Task Containers_at_the_root_are_listed_in_a_second_round_where_the_repository_has_them()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"), GitChange.Write("commands/go.md", "go"), GitChange.Write("agents", "a file of that name"));

        var checks = await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync();

        Assert.Equal(ChangeType.New, checks["command:go"].ChangeType);
        Assert.Equal(2, checks.Count);
        // skills now and at the fetched commit, and commands.
        Assert.Equal((2, 3L), Count(scene.Server));
    }

    [Fact]
    public async Task An_artifact_at_the_root_costs_no_lookup_but_that_of_its_base()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("SKILL.md", "skill"), GitChange.Write("same.md", "same"), GitChange.Write("changed.md", "1"), GitChange.Write("gone.md", "gone"));
        scene.Git.Commit("2", GitChange.Write("changed.md", "2"), GitChange.Delete("gone.md"));
        scene.Add("whole", "skill", "", old).Add("same", "command", "same.md", old).Add("changed", "command", "changed.md", old).Add("gone", "command", "gone.md", old);

        var checks = await scene.CheckAsync();

        Assert.Equal(ChangeType.Updated, checks["skill:whole"].ChangeType);
        Assert.Equal(ChangeType.UpToDate, checks["command:same"].ChangeType);
        Assert.Equal(ChangeType.Updated, checks["command:changed"].ChangeType);
        Assert.Equal(ChangeType.Deleted, checks["command:gone"].ChangeType);
        Assert.Equal(1, Count(scene.Server).Lookups);
    }

    [Fact]
    public async Task A_tag_that_is_where_it_was_costs_one_request_and_one_that_moved_two()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "1"), GitChange.Write("skills/b/SKILL.md", "1"));
        scene.Git.Tag("v1", old);
        scene.Add("a", "skill", "skills/a", old, "v1").Add("b", "skill", "skills/b", old, "v1");
        Assert.All((await scene.CheckAsync()).Values, c => Assert.Equal((ChangeType.UpToDate, old, "v1"), (c.ChangeType, c.NewSha, c.NewTag)));
        Assert.Equal((1, 2L), Count(scene.Server));
        scene.Server.Log.Clear();
        var next = scene.Git.Commit("2", GitChange.Write("skills/b/SKILL.md", "2"), GitChange.Write("skills/c/SKILL.md", "new"));
        scene.Git.AnnotatedTag("v1", "second", next);

        var checks = await scene.CheckAsync();

        Assert.Equal(ChangeType.UpToDate, checks["skill:a"].ChangeType);
        Assert.Equal((ChangeType.Updated, next), (checks["skill:b"].ChangeType, checks["skill:b"].NewSha));
        Assert.Equal(ChangeType.New, checks["skill:c"].ChangeType);
        // The tag and the branch of that name; the folder at both commits; whether the new one describes itself.
        Assert.Equal((3, 5L), Count(scene.Server));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Requests, long Lookups) Count(LoopbackGitHubServer server)
    {
        var queries = server.Log.Records.Where(r => r.Kind == RequestKind.GraphQl).ToList();
        Assert.All(queries, q => Assert.InRange(q.Lookups!.Value, 0, 250));
        Assert.All(queries, q => Assert.InRange(q.Repositories!.Value, 1, 50));
        return (server.Log.Total, queries.Sum(q => q.Lookups!.Value));
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(CollectionStore store, UpstreamSession session)
    {
        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation);
        Assert.All(result.Checks, c => Assert.True(c.ChangeType is ChangeType.UpToDate or ChangeType.Updated, $"{c.ArtifactId}: {c.ChangeType} {c.Reason}"));
        return result.Checks.Where(c => c.UpdateAvailable).Select(c => c.ArtifactId).Order(StringComparer.Ordinal).ToList();
    }

    private static string? EnvironmentOf(LoopbackGitHubServer server, string name) => name switch
    {
        "GITHUB_SERVER_URL" => server.ServerUrl,
        "GITHUB_API_URL" => server.ApiUrl,
        "GITHUB_GRAPHQL_URL" => server.GraphQlUrl,
        "GITHUB_TOKEN" => server.Token,
        _ => null,
    };

    /// <summary>Makes the repositories and the home, and returns the artifacts that changed according to git.</summary>
    private async Task<List<string>> GenerateAsync(LoopbackGitHubServer server)
    {
        var bench = Path.Combine(_folder, "bench");
        string[] arguments = ["generate", "--out", bench, "--repos", "50", "--artifacts", "900", "--history", "4", "--server-url", server.ServerUrl];
        using var generator = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(LoopbackGitHubServer).Assembly.Location, .. arguments]) { RedirectStandardError = true })!;
        var trouble = await generator.StandardError.ReadToEndAsync(Cancellation);
        await generator.WaitForExitAsync(Cancellation);
        Assert.True(generator.ExitCode == 0, trouble);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(bench, "expected.json"), Cancellation));
        var artifacts = json.RootElement.EnumerateArray().ToList();
        foreach (var repository in artifacts.Select(a => a.GetProperty("repository").GetString()!).Distinct())
        {
            server.AddRepository(repository, Path.Combine(bench, "repositories", repository + ".git"));
        }

        return artifacts.Where(a => a.GetProperty("changed").GetBoolean()).Select(a => a.GetProperty("artifact_id").GetString()!).Order(StringComparer.Ordinal).ToList();
    }
}

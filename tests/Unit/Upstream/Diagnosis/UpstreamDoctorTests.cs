using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Upstream.Http;
using SkillMeat.Tests.Upstream.Tokens;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Diagnosis;
using Xunit;

namespace SkillMeat.Tests.Upstream.Diagnosis;

public sealed class UpstreamDoctorTests
{
    private const string Refs = "001e# service=git-upload-pack\n0000";

    private static readonly DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_GitHub_with_an_accepted_token_is_well()
    {
        await using var server = await LoopbackGitHubServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var git = GitRepositoryBuilder.Create();
        git.Commit("1", GitChange.Write("skills/a/SKILL.md", "---\nname: a\n---\n"));
        server.AddRepository("octo/skills", git);
        using var place = Place($"{server.ServerUrl}/octo/skills/tree/main/skills/a");
        var before = place.Tree();

        var found = await ExamineAsync(place, EnvironmentOf(server, server.Token));

        Assert.All(found, finding => Assert.True(finding.Status == FindingStatus.Ok, $"{finding}"));
        Assert.Equal(["git", "proxy", "reachable", "clock", "token", "rest_limit", "graphql_limit", "git_refs", "git_fetch"], found.Select(finding => finding.Check));
        Assert.Equal("The token from GITHUB_TOKEN is accepted.", Message(found, "token"));
        Assert.StartsWith("REST: 5000 of 5000 left, reset at 20", Message(found, "rest_limit"), StringComparison.Ordinal);
        Assert.Matches(" answers in [0-9]+ ms\\.$", Message(found, "reachable"));
        Assert.All(found, finding => Assert.DoesNotContain(server.Token, finding.Message, StringComparison.Ordinal));
        Assert.Equal(before, place.Tree());
        Assert.Equal(3, server.Log.Total);
    }

    [Fact]
    public async Task A_refused_token_is_an_error_with_its_source()
    {
        await using var server = await LoopbackGitHubServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var place = Place();

        var found = await ExamineAsync(place, EnvironmentOf(server, "ghp_wrong"));

        Assert.Equal(new UpstreamFinding(new Uri(server.ServerUrl).Authority, "token", FindingStatus.Error, "The token from GITHUB_TOKEN was refused (401); create a new one, or remove it."), Find(found, "token"));
        Assert.DoesNotContain(found, finding => finding.Check is "rest_limit" or "graphql_limit" or "git_refs");
    }

    [Fact]
    public async Task Without_a_token_a_warning_says_how_to_get_one()
    {
        await using var server = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions { AnonymousLimit = 0 }, TestContext.Current.CancellationToken);
        using var place = Place();

        var found = await ExamineAsync(place, EnvironmentOf(server, null));

        Assert.Equal((FindingStatus.Warning, "There is no token, so update checks use git and the API allows 60 requests an hour: set GITHUB_TOKEN, or log in with 'gh auth login'."), (Find(found, "token").Status, Message(found, "token")));
        Assert.Equal(FindingStatus.Warning, Find(found, "rest_limit").Status);
        Assert.DoesNotContain(found, finding => finding.Status == FindingStatus.Error);
    }

    [Theory]
    [InlineData(59, FindingStatus.Ok, "The clocks agree.")]
    [InlineData(-59, FindingStatus.Ok, "The clocks agree.")]
    [InlineData(60, FindingStatus.Warning, "The clock of this computer is 60 s ahead of the host's; correct it.")]
    [InlineData(-7200, FindingStatus.Warning, "The clock of this computer is 7200 s behind the host's; correct it.")]
    public async Task A_wrong_clock_is_a_warning(int secondsAhead, FindingStatus status, string message)
    {
        await using var server = LoopbackServer.Script(Reply.Of(200, Refs, $"Date: {_now.ToString("R", CultureInfo.InvariantCulture)}"));
        using var place = Place($"{server.Root}group/repo");

        var found = await ExamineAsync(place, NoGitHub(), time: new ManualTimeProvider(_now.AddSeconds(secondsAhead)));

        Assert.Equal((status, message), (Find(found, "clock").Status, Message(found, "clock")));
    }

    [Fact]
    public async Task Refs_and_fetches_are_looked_at_separately()
    {
        await using var server = new LoopbackServer(request => request.Method == "GET" ? Reply.Of(200, Refs) : Reply.Of(401));
        using var place = Place($"{server.Root}group/repo");

        var found = await ExamineAsync(place, NoGitHub());

        Assert.Equal(FindingStatus.Ok, Find(found, "git_refs").Status);
        Assert.Equal(FindingStatus.Warning, Find(found, "git_fetch").Status);
        Assert.StartsWith($"{server.Root.Authority} currently limits git without a token; a token helps: give a user name", Message(found, "git_fetch"), StringComparison.Ordinal);
        Assert.Null(server.Requests[0].Header("Git-Protocol"));
        Assert.Equal("version=2", server.Requests[1].Header("Git-Protocol"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_ERR_line_in_a_good_answer_is_a_refusal()
    {
        const string Line = "ERR GitHub is temporarily limiting some unauthenticated downloads";
        await using var server = new LoopbackServer(request => request.Method == "GET" ? Reply.Of(200, Refs) : Reply.Of(200, $"{Line.Length + 5:x4}{Line}\n"));
        using var place = Place($"{server.Root}group/repo");

        var found = await ExamineAsync(place, NoGitHub());

        Assert.Equal(FindingStatus.Warning, Find(found, "git_fetch").Status);
        Assert.Contains(": GitHub is temporarily limiting some unauthenticated downloads. To avoid", Message(found, "git_fetch"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_repository_is_opened_by_gits_credential_and_git_is_told_nothing()
    {
        await using var server = new LoopbackServer(request => request.Header("Authorization") == GitCredentialScene.Basic() ? Reply.Of(200, Refs) : Reply.Of(401));
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var place = Place($"{server.Root}group/repo");

        var found = await ExamineAsync(place, scene.Environment, scene: scene);

        Assert.Equal((FindingStatus.Ok, $"The credential that git stores for {server.Root.Authority} gives access to {server.Root.Authority}/group/repo."), (Find(found, "credential").Status, Message(found, "credential")));
        Assert.Equal(FindingStatus.Warning, Find(found, "git_refs").Status);
        Assert.Equal(["get"], scene.Told);
    }

    [Theory]
    [InlineData(true, "refused the credential that git stores for ")]
    [InlineData(false, "There is no credential for ")]
    public async Task A_private_repository_that_nothing_opens_is_an_error_and_no_credential_is_lost(bool hasCredential, string message)
    {
        await using var server = LoopbackServer.Script(Reply.Of(401));
        using var scene = new GitCredentialScene();
        if (hasCredential) scene.Keep(server.Root);
        using var place = Place($"{server.Root}group/repo");

        var found = await ExamineAsync(place, scene.Environment, scene: scene);

        Assert.Equal(FindingStatus.Error, Find(found, "credential").Status);
        Assert.Contains(message, Message(found, "credential"), StringComparison.Ordinal);
        Assert.DoesNotContain("GITHUB_TOKEN", Message(found, "credential"), StringComparison.Ordinal);
        Assert.Equal(["get"], scene.Told);
        if (hasCredential) Assert.NotEmpty(scene.Stored);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_asked_once_and_named()
    {
        var server = LoopbackServer.Script(Reply.Of(200));
        var root = server.Root;
        await server.DisposeAsync();
        using var place = Place($"{root}group/repo");

        var found = await ExamineAsync(place, NoGitHub());

        Assert.Equal(FindingStatus.Error, Find(found, "reachable").Status);
        Assert.Contains("in 1 attempt", Message(found, "reachable"), StringComparison.Ordinal);
        Assert.DoesNotContain(found, finding => finding.Check is "git_refs" or "clock" or "credential");
    }

    [Fact]
    public async Task Folders_are_there_or_not()
    {
        using var place = Place("../../../here", "../../../gone");
        Directory.CreateDirectory(Path.Combine(place.Place, "here"));
        await using var server = LoopbackServer.Script(Reply.Of(200));

        var found = await ExamineAsync(place, NoGitHub());

        Assert.Equal(
            [(Path.Combine(place.Place, "gone"), FindingStatus.Error), (Path.Combine(place.Place, "here"), FindingStatus.Ok)],
            found.Where(finding => finding.Check == "folder").Select(finding => (finding.Host, finding.Status)).OrderBy(f => f.Host, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, FindingStatus.Error)]
    [InlineData(false, FindingStatus.Warning)]
    public async Task Without_git_only_other_hosts_than_GitHub_are_in_trouble(bool usesOthers, FindingStatus status)
    {
        await using var server = LoopbackServer.Script(Reply.Of(200, Refs));
        using var place = usesOthers ? Place($"{server.Root}group/repo") : Place();

        var found = await ExamineAsync(place, name => name == "GITHUB_SERVER_URL" ? "http://127.0.0.1:9" : null);

        Assert.Equal(("this computer", "git", status), (found[0].Host, found[0].Check, found[0].Status));
    }

    [Fact]
    public async Task Skm_doctor_says_it_in_lines_and_in_JSON_with_the_exit_code()
    {
        await using var server = new LoopbackServer(request => request.Method == "GET" ? Reply.Of(200, Refs) : Reply.Of(200, "0000"));
        using var place = Place($"{server.Root}group/repo", "../../../gone");
        var around = new SkmSurroundings
        {
            Environment = new Dictionary<string, string?> { ["PATH"] = Environment.GetEnvironmentVariable("PATH"), ["GITHUB_SERVER_URL"] = "http://127.0.0.1:9" },
        };

        var table = (await SkmRun.StartAsync(["doctor", "--home", place.Home], around)).Succeeds(1);
        var json = (await SkmRun.StartAsync(["doctor", "--home", place.Home, "--format", "json"], around)).Succeeds(1);

        Assert.Contains("git_fetch", table.Output, StringComparison.Ordinal);
        Assert.Matches("[0-9] errors, [0-9] warnings?\\.\n$", table.Output);
        var refs = json.Json.EnumerateArray().Single(f => f.GetProperty("check").GetString() == "git_refs");
        Assert.Equal(["host", "check", "status", "message"], refs.EnumerateObject().Select(p => p.Name));
        Assert.Equal((server.Root.Authority, "ok"), (refs.GetProperty("host").GetString(), refs.GetProperty("status").GetString()));
        Assert.Equal("error", json.Json.EnumerateArray().Single(f => f.GetProperty("check").GetString() == "folder").GetProperty("status").GetString());
    }

    private static TestHome Place(params string[] upstreams)
    {
        var place = TestHome.WithSkills(0);
        var manifest = File.ReadAllText(place.Manifest);
        for (int i = 0; i < upstreams.Length; i++)
            manifest += $"\n[[artifacts]]\nname = \"a{i}\"\ntype = \"skill\"\npath = \"skills/a{i}\"\norigin = \"github\"\nadded = \"2026-01-01T00:00:00\"\nupstream = \"{upstreams[i]}\"\n";
        File.WriteAllText(place.Manifest, manifest);
        return place;
    }

    private static Task<IReadOnlyList<UpstreamFinding>> ExamineAsync(TestHome place, Func<string, string?> environment, TimeProvider? time = null, GitCredentialScene? scene = null)
    {
        // If only another host is examined, the configured GitHub does not exist.
        Func<string, string?> reading = scene is null ? environment : name => name == "GITHUB_SERVER_URL" ? "http://127.0.0.1:9" : environment(name);
        return new UpstreamDoctor(CollectionStore.Open(place.Home, time), new UpstreamSessionOptions { Environment = reading, Http = HttpRig.Quick })
            .ExamineAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    private static Func<string, string?> EnvironmentOf(LoopbackGitHubServer server, string? token) => name => name switch
    {
        "GITHUB_SERVER_URL" => server.ServerUrl,
        "GITHUB_API_URL" => server.ApiUrl,
        "GITHUB_GRAPHQL_URL" => server.GraphQlUrl,
        "GITHUB_TOKEN" => token,
        "PATH" => Environment.GetEnvironmentVariable("PATH"),
        _ => null,
    };

    private static Func<string, string?> NoGitHub() => name => name switch
    {
        "GITHUB_SERVER_URL" => "http://127.0.0.1:9",
        "PATH" => Environment.GetEnvironmentVariable("PATH"),
        _ => null,
    };

    // The configured GitHub, which does not exist, has findings of its own.
    private static UpstreamFinding Find(IReadOnlyList<UpstreamFinding> found, string check) => found.Single(finding => finding.Check == check && finding.Host != "127.0.0.1:9");

    private static string Message(IReadOnlyList<UpstreamFinding> found, string check) => Find(found, check).Message;
}

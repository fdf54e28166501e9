using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using SkillMeat.Errors;
using SkillMeat.Tests.Upstream.Http;
using SkillMeat.Upstream;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.GitHub;

/// <summary>Octokit over our own HTTP.</summary>
public sealed class GitHubRestTests : IDisposable
{
    /// <summary>An answer of github.com, with members that Octokit does not know, and some that it converts to types of its own.</summary>
    private const string Answer = """
        {"id":1296269,"node_id":"MDEwOlJlcG9zaXRvcnkxMjk2MjY5","name":"Hello-World","full_name":"octocat/Hello-World","private":false,
        "owner":{"login":"octocat","id":1,"type":"User","user_view_type":"public","site_admin":false},"description":" My first repository ",
        "fork":false,"created_at":"2011-01-26T19:01:12Z","updated_at":"2026-11-01T00:00:00Z","pushed_at":null,"size":108,"license":{"key":"mit","name":"MIT License","spdx_id":"MIT","url":"https://api.github.com/licenses/mit"},
        "archived":true,"topics":["octocat","atom"],"visibility":"public","permissions":{"admin":false,"maintain":false,"push":false,"triage":false,"pull":true},
        "security_and_analysis":{"advanced_security":{"status":"enabled"},"secret_scanning":{"status":"disabled"}},"organization":{"login":"o","type":"Organization","plan":{"name":"free","space":1}},
        "template_repository":null,"custom_properties":{"a":"b"},"network_count":0}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("skm-rest-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repository_is_asked_once_with_the_token_at_the_address_that_GitHub_documents()
    {
        await using var server = LoopbackServer.Script(Reply.Json(Answer));
        using var http = HttpRig.Client(server);

        var facts = await RestOf(server, http).ReadFactsAsync(RepositoryOf(server), Cancellation);

        Assert.Equal(("My first repository", "MIT", true), (facts.Description, facts.License, facts.IsArchived));
        Assert.Equal(["octocat", "atom"], facts.Topics);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("GET", "/api/v3/repos/octocat/Hello-World"), (request.Method, request.Target));
        Assert.Equal($"Bearer {HttpRig.Secret}", request.Header("Authorization"));
        Assert.Equal("2022-11-28", request.Header("X-GitHub-Api-Version"));
        Assert.StartsWith("skm/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.StartsWith("application/vnd.github", request.Header("Accept"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_stays_one_part_of_the_address()
    {
        await using var server = LoopbackServer.Script(Reply.Json(Answer));
        using var http = HttpRig.Client(server);

        await RestOf(server, http).ReadFactsAsync(RepositoryAddress.OnGitHub(server.Root, "o", "a/b?c#d e"), Cancellation);

        Assert.Equal("/api/v3/repos/o/a%2Fb%3Fc%23d%20e", Assert.Single(server.Requests).Target);
    }

    [Theory]
    [InlineData("""{"full_name":"o/r","description":null,"topics":null,"license":null}""")]
    [InlineData("""{"full_name":"o/r","description":"  ","license":{"spdx_id":"NOASSERTION"}}""")]
    public async Task A_fact_that_a_repository_does_not_have_is_null(string answer)
    {
        await using var server = LoopbackServer.Script(Reply.Json(answer));
        using var http = HttpRig.Client(server);

        var facts = await RestOf(server, http).ReadFactsAsync(RepositoryOf(server), Cancellation);

        Assert.Equal((null, null, false), (facts.Description, facts.License, facts.IsArchived));
        Assert.Empty(facts.Topics);
    }

    [Theory]
    [MemberData(nameof(PassingFaultTests.Faults), MemberType = typeof(PassingFaultTests))]
    [InlineData("an object of another kind")]
    [InlineData("an empty object")]
    [InlineData("a list")]
    [InlineData("a 304 that nobody asked for")]
    public async Task A_fault_that_passes_costs_one_more_request_and_one_that_stays_five(string fault)
    {
        var reply = fault switch
        {
            "an object of another kind" => Reply.Json("""{"message":"Hello"}"""),
            "an empty object" => Reply.Json("{}"),
            "a list" => Reply.Json("[]"),
            "a 304 that nobody asked for" => Reply.Of(304),
            _ => PassingFaultTests.Fault(fault),
        };
        await using var passing = LoopbackServer.Script(reply, Reply.Json(Answer));
        using (var http = HttpRig.Client(passing)) Assert.Equal("MIT", (await RestOf(passing, http).ReadFactsAsync(RepositoryOf(passing), Cancellation)).License);
        Assert.Equal(2, passing.Requests.Count);

        await using var staying = LoopbackServer.Script(reply);
        using var same = HttpRig.Client(staying);
        var error = await Assert.ThrowsAsync<UpstreamException>(() => RestOf(staying, same).ReadFactsAsync(RepositoryOf(staying), Cancellation));
        var isLimit = fault is "429 now" or "secondary limit now";
        Assert.Equal(isLimit ? ErrorIds.UpstreamSecondaryRateLimited : ErrorIds.UpstreamUnavailable, error.ErrorId);
        Assert.StartsWith($"description of {RepositoryOf(staying)}: ", error.Message, StringComparison.Ordinal);
        if (!isLimit) Assert.Contains("in 5 attempts", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, ErrorIds.UpstreamNotFound)]
    [InlineData(401, ErrorIds.UpstreamUnauthorized)]
    [InlineData(451, ErrorIds.UpstreamUnavailable)]
    public async Task A_refusal_is_the_error_of_every_other_request(int status, string errorId)
    {
        await using var server = LoopbackServer.Script(Reply.Of(status, """{"message":"No"}"""));
        using var http = HttpRig.Client(server);
        var expected = await HttpRig.RefusedAsync(http, HttpRig.Get(server) with { What = $"description of {RepositoryOf(server)}" }, errorId);

        var error = await Assert.ThrowsAsync<UpstreamException>(() => RestOf(server, http).ReadFactsAsync(RepositoryOf(server), Cancellation));

        Assert.Equal((expected.ErrorId, expected.Message), (error.ErrorId, error.Message));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_followed_once_and_what_it_led_to_is_kept_under_the_address_that_was_asked()
    {
        await using var server = new LoopbackServer(request => request.Target.Contains("/repositories/", StringComparison.Ordinal)
            ? request.Header("If-None-Match") is null ? Reply.Json(Answer, "ETag: \"1\"") : Reply.Of(304, "", "ETag: \"1\"")
            : Reply.Of(301, "", "Location: /api/v3/repositories/7"));
        using var http = HttpRig.Client(server);
        var cache = new EtagFileCache(Path.Combine(_folder, "etags.json"), Random.Shared, line => Assert.Fail(line));
        var time = new Support.ManualTimeProvider(DateTimeOffset.UtcNow);
        await new GitHubRest(http, new Uri(server.Root, "api/v3"), cache, time).ReadFactsAsync(RepositoryOf(server), Cancellation);

        var later = new Support.ManualTimeProvider(time.GetUtcNow().AddDays(2));
        var again = await new GitHubRest(http, new Uri(server.Root, "api/v3"), cache, later).ReadFactsAsync(RepositoryOf(server), Cancellation);

        Assert.Equal("MIT", again.License);
        Assert.Equal([null, null, "\"1\"", "\"1\""], server.Requests.Select(r => r.Header("If-None-Match")));
        Assert.Equal(later.GetUtcNow(), cache.Find(new Uri(server.Root, "api/v3/repos/octocat/Hello-World"))!.ReadAt);
    }

    [Theory]
    [InlineData("""{"full_name":"o/r","created_at":"yesterday"}""")]
    [InlineData("""{"full_name":"o/r","archived":"perhaps"}""")]
    [InlineData("""{"full_name":"o/r","id":"seven"}""")]
    [InlineData("""{"full_name":"o/r","license":"MIT"}""")]
    [InlineData("""{"full_name":"o/r","license":[1]}""")]
    [InlineData("""{"full_name":"o/r","topics":"a"}""")]
    [InlineData("""{"full_name":"o/r","topics":{"a":1}}""")]
    [InlineData("""{"full_name":"o/r","topics":[1,{}]}""")]
    [InlineData("""{"full_name":"o/r","description":[]}""")]
    [InlineData("""{"full_name":"o/r","description":{"a":"b"}}""")]
    [InlineData("""{"full_name":"o/r","owner":7}""")]
    [InlineData("""{"full_name":"o/r","visibility":7}""")]
    [InlineData("""{"full_name":7}""")]
    [InlineData("""{"full_name":"o/r","description":"\ud800"}""")]
    public async Task An_answer_of_another_shape_is_read_as_far_as_it_goes_or_an_error_of_ours(string answer)
    {
        await using var server = LoopbackServer.Script(Reply.Json(answer));
        using var http = HttpRig.Client(server);

        var error = await Record.ExceptionAsync(() => RestOf(server, http).ReadFactsAsync(RepositoryOf(server), Cancellation));

        if (error is not null) Assert.Equal(ErrorIds.UpstreamUnavailable, Assert.IsType<UpstreamException>(error).ErrorId);
    }

    [Fact]
    public async Task Cancelling_ends_the_request_at_once()
    {
        await using var server = LoopbackServer.Script(Reply.Silence);
        using var http = HttpRig.Client(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asking = RestOf(server, http).ReadFactsAsync(RepositoryOf(server), cancel.Token);
        while (server.Requests.Count == 0) await Task.Delay(10, Cancellation);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task Names_that_lead_out_of_their_folder_are_no_tree()
    {
        await using var server = LoopbackServer.Script(Reply.Json("""{"truncated":false,"tree":[{"path":"a/..","mode":"100644","type":"blob","sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}"""));
        using var http = HttpRig.Client(server);

        var error = await Assert.ThrowsAsync<UpstreamException>(() => RestOf(server, http).ReadTreeAsync(RepositoryOf(server), "main", isRecursive: true, "files", Cancellation));

        Assert.Contains("unexpected structure", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_native_program_keeps_every_type_that_Octokit_fills()
    {
        var kept = typeof(OctokitFacts).GetMethod(nameof(OctokitFacts.ReadAsync))!.GetCustomAttributes<DynamicDependencyAttribute>().Select(a => a.Type!).ToHashSet();
        var filled = new HashSet<Type>();
        Gather(typeof(Octokit.Repository), filled);

        Assert.Equal([], filled.Except(kept).Select(type => type.Name));
        Assert.Contains(typeof(List<>), kept);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private GitHubRest RestOf(LoopbackServer server, UpstreamHttp http) =>
        new(http, new Uri(server.Root, "api/v3"), new EtagFileCache(Path.Combine(_folder, "etags.json"), Random.Shared, line => Assert.Fail(line)), TimeProvider.System);

    private static RepositoryAddress RepositoryOf(LoopbackServer server) => RepositoryAddress.OnGitHub(server.Root, "octocat", "Hello-World");

    private static void Gather(Type type, HashSet<Type> filled)
    {
        foreach (var argument in type.GetGenericArguments()) Gather(argument, filled);
        if (type.Assembly != typeof(Octokit.Repository).Assembly || type.IsGenericType || !filled.Add(type)) return;
        if (type.BaseType is { } parent) Gather(parent, filled);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)) Gather(property.PropertyType, filled);
    }
}

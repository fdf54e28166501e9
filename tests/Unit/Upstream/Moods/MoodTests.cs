using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;
using RepositoryFacts = SkillMeat.Tests.LoopbackGitHub.RepositoryFacts;

namespace SkillMeat.Tests.Upstream.Moods;

/// <summary>Every operation in every mood of the server: the right answer if it is available, else one correct sentence, and never a storm of requests.</summary>
public sealed class MoodTests
{
    private static readonly Dictionary<string, Mood> _moods = new(StringComparer.Ordinal)
    {
        ["open"] = new() { Most = 24 },
        ["401"] = new() { Git = GitMood.Refuse401, Most = 40 },
        ["ERR"] = new() { Git = GitMood.ErrLine, Most = 40 },
        ["429 in words"] = new() { Git = GitMood.TooManyRequestsInWords, Most = 40 },
        ["429 with a minute"] = new() { Faults = () => r => r.Kind == RequestKind.UploadPack ? Fault.TooManyRequests(TimeSpan.FromSeconds(60)) : null, Most = 40 },
        ["bare 429"] = new() { Faults = () => r => r.Kind == RequestKind.UploadPack ? Fault.TooManyRequests() : null, Most = 40 },
        ["429 to all of git"] = new() { Faults = () => r => r.Kind is RequestKind.UploadPack or RequestKind.Refs ? Fault.TooManyRequests(TimeSpan.FromSeconds(60)) : null, ErrorId = ErrorIds.UpstreamRateLimited, Most = 8 },
        ["401, no REST"] = new() { Git = GitMood.Refuse401, Options = new() { AnonymousLimit = 0 }, ErrorId = ErrorIds.UpstreamRateLimited, Most = 12 },
        ["ERR, no REST"] = new() { Git = GitMood.ErrLine, Options = new() { AnonymousLimit = 0 }, ErrorId = ErrorIds.UpstreamRateLimited, Most = 12 },
        ["401, trees cut"] = new() { Git = GitMood.Refuse401, Options = new() { MaxTreeEntries = 2 }, ErrorId = ErrorIds.UpstreamRateLimited, Most = 14 },
        ["401, REST 404"] = new() { Git = GitMood.Refuse401, Faults = () => r => r.Kind == RequestKind.Rest ? Fault.Failing(404) : null, ErrorId = ErrorIds.UpstreamUnavailable, Most = 20 },
        ["private"] = new() { Facts = new RepositoryFacts { Private = true }, ErrorId = ErrorIds.UpstreamNotFound, Most = 6 },
        ["old git"] = new() { Options = new() { ProtocolV2 = false }, Most = 60 },
        ["old git, half a list"] = new() { Options = new() { ProtocolV2 = false }, Faults = () => r => r.Kind == RequestKind.Refs ? Fault.HalfBody() : null, ErrorId = ErrorIds.UpstreamUnavailable, Most = 22 },
        ["half of everything"] = new() { Faults = () => Faults.Always(Fault.HalfBody()), ErrorId = ErrorIds.UpstreamUnavailable, Most = 15 },
        ["pages"] = new() { Faults = () => Faults.Always(Fault.HtmlPage()), ErrorId = ErrorIds.UpstreamUnavailable, Most = 15 },
        ["resets, then good"] = new() { Faults = () => Faults.Sequence(Fault.Reset(), Fault.Reset()), Most = 26 },
        ["502"] = new() { Faults = () => Faults.Always(Fault.Failing(502)), ErrorId = ErrorIds.UpstreamUnavailable, Most = 15 },
        ["token"] = new() { HasToken = true, Most = 10 },
        // An update also asks whether folders that changed still have the file that describes them.
        ["token, small queries"] = new() { HasToken = true, Options = new() { MaxGraphQlRepositories = 1 }, Most = 24 },
        ["token, few lookups"] = new() { HasToken = true, Options = new() { MaxGraphQlLookups = 4 }, Most = 15 },
        ["token, resource limits once"] = new() { HasToken = true, Faults = () => Faults.When(r => r.Kind == RequestKind.GraphQl, Faults.Sequence(Fault.ResourceLimits())), Most = 14 },
        ["token, resource limits"] = new() { HasToken = true, Faults = () => Faults.When(r => r.Kind == RequestKind.GraphQl, Faults.Always(Fault.ResourceLimits())), ErrorId = ErrorIds.UpstreamUnavailable, Most = 7 },
        ["token, secondary limit"] = new()
        {
            HasToken = true,
            Patience = TimeSpan.FromSeconds(1),
            Faults = () => Faults.When(r => r.Kind == RequestKind.GraphQl, Faults.Always(Fault.SecondaryLimitAs200())),
            ErrorId = ErrorIds.UpstreamSecondaryRateLimited,
            Most = 1,
        },
        ["token, secondary limit of REST and git"] = new()
        {
            HasToken = true,
            Patience = TimeSpan.FromSeconds(1),
            Faults = () => Faults.Always(Fault.SecondaryLimit(TimeSpan.FromMinutes(5))),
            ErrorId = ErrorIds.UpstreamSecondaryRateLimited,
            Most = 1,
        },
        ["token, primary limit"] = new() { HasToken = true, Faults = () => Faults.When(r => r.Kind is RequestKind.GraphQl or RequestKind.Rest, Faults.Always(Fault.PrimaryLimit())), ErrorId = ErrorIds.UpstreamRateLimited, Most = 1 },
        ["token, 502"] = new() { HasToken = true, Faults = () => Faults.Always(Fault.Failing(502)), ErrorId = ErrorIds.UpstreamUnavailable, Most = 12 },
        ["token, 401"] = new() { HasToken = true, Faults = () => Faults.Always(Fault.Unauthorized()), ErrorId = ErrorIds.UpstreamUnauthorized, Most = 1 },
        ["token forbidden"] = new() { HasToken = true, Facts = new RepositoryFacts { TokenRefusal = TokenRefusal.Forbidden }, Most = 28 },
        ["token without SSO"] = new() { HasToken = true, Facts = new RepositoryFacts { TokenRefusal = TokenRefusal.Saml }, Most = 28 },
        ["token without SSO, private"] = new() { HasToken = true, Facts = new RepositoryFacts { TokenRefusal = TokenRefusal.Saml, Private = true }, ErrorId = ErrorIds.UpstreamForbidden, Most = 8 },
        ["token without SSO, 401"] = new() { HasToken = true, Git = GitMood.Refuse401, Facts = new RepositoryFacts { TokenRefusal = TokenRefusal.Saml }, Most = 36 },
        ["token forbidden, ERR, no REST"] = new()
        {
            HasToken = true,
            Git = GitMood.ErrLine,
            Options = new() { AnonymousLimit = 0 },
            Facts = new RepositoryFacts { TokenRefusal = TokenRefusal.Forbidden },
            ErrorId = ErrorIds.UpstreamRateLimited,
            Most = 14,
        },
        ["token, GraphQL resets, then good"] = new() { HasToken = true, Faults = () => Faults.Sequence(Fault.Reset()), Most = 12 },
    };

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var mood in _moods.Keys)
                foreach (var operation in (string[])["check", "refresh", "add", "update"]) data.Add(mood, operation);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_operation_ends_with_the_right_answer_or_a_true_sentence_after_few_requests(string mood, string operation)
    {
        var (errorId, most) = (_moods[mood].ErrorId, _moods[mood].Most);
        await using var scene = await MoodScene.StartAsync(_moods[mood]);
        var before = scene.Versions();

        var outcomes = await scene.RunAsync(operation);

        Assert.Equal(operation == "add" ? MoodScene.Repositories : 2 * MoodScene.Repositories, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(errorId, outcome.ErrorId));
        Assert.All(outcomes, outcome => Assert.Equal(errorId is null ? Answer(operation, outcome.Name) : operation == "check" ? "Unknown" : "Error", outcome.Status));
        Assert.Equal(errorId is not null || operation is "check" or "refresh" ? before : After(operation), scene.Versions());
        Assert.InRange(scene.Requests.Count, 1, most);
        // git is asked once for a credential of the host, and not notified if it had none.
        Assert.InRange(scene.Told.Length, 0, 1);
        if (errorId is not null) AssertSentences(outcomes, errorId);
    }

    private static string Answer(string operation, string name) => operation switch
    {
        "check" => name.StartsWith("moves", StringComparison.Ordinal) ? "Updated" : "UpToDate",
        "refresh" => "Refreshed",
        "update" => name.StartsWith("moves", StringComparison.Ordinal) ? "Updated" : "Unchanged",
        _ => "Added",
    };

    private static List<string> After(string operation)
    {
        var numbers = Enumerable.Range(0, MoodScene.Repositories).ToList();
        return
        [
            .. operation == "add" ? numbers.Select(n => $"fresh{n}: 1") : [],
            .. numbers.Select(n => $"moves{n}: {(operation == "update" ? 2 : 1)}"),
            .. numbers.Select(n => $"stays{n}: 1"),
        ];
    }

    /// <summary>Asserts that each error is one line without a token, and that all errors of one repository are equal.</summary>
    private static void AssertSentences(IReadOnlyList<Outcome> outcomes, string errorId)
    {
        Assert.All(outcomes, outcome =>
        {
            Assert.False(string.IsNullOrWhiteSpace(outcome.Reason));
            Assert.DoesNotContain('\n', outcome.Reason!);
            Assert.DoesNotContain("ghp_", outcome.Reason!, StringComparison.Ordinal);
            if (errorId != ErrorIds.UpstreamNotFound && errorId != ErrorIds.UpstreamForbidden) Assert.DoesNotMatch("no such repository|repository does not exist", outcome.Reason!);
        });
        Assert.InRange(outcomes.Select(outcome => outcome.Reason).Distinct().Count(), 1, MoodScene.Repositories);
    }
}

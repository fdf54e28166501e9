using SkillMeat.Checks;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream.Http;
using Xunit;

using RepositoryFacts = SkillMeat.Tests.LoopbackGitHub.RepositoryFacts;

namespace SkillMeat.Tests.Refresh;

/// <summary>A GitHub that rejects large queries, reports limits only as text, refuses the token, and cuts texts.</summary>
public sealed class GraphQlMoodTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_that_ends_as_502_is_repeated_once_and_then_halved()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { MaxGraphQlRepositories = 3 });
        AddRepositories(scene, 10);

        var checks = await scene.CheckAsync();

        Assert.Equal(10, checks.Count(c => c.Value.ChangeType == ChangeType.UpToDate));
        Assert.Equal([10, 10, 5, 5, 2, 3, 5, 5, 2, 3], scene.Server.Log.Records.Select(r => r.Repositories!.Value));
    }

    [Fact]
    public async Task Files_are_read_in_halves_too()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { MaxGraphQlLookups = 30 });
        var head = scene.Git.Commit("1", Enumerable.Range(0, 45).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", RefreshScene.Skill($"s{i}", "d"))).ToArray());

        var checks = await scene.Add("s0", "skill", "skills/s0", head).CheckAsync();

        Assert.Equal(44, checks.Count(c => c.Value.ChangeType == ChangeType.New));
        Assert.InRange(scene.Server.Log.Total, 5, 5);
    }

    [Fact]
    public async Task A_GitHub_that_answers_nothing_is_not_stormed()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { Faults = Faults.Always(Fault.Failing(502)) });
        AddRepositories(scene, 40);

        var checks = await scene.CheckAsync();

        Assert.All(checks.Values, c => Assert.Equal((ChangeType.Unknown, ErrorIds.UpstreamUnavailable), (c.ChangeType, c.ErrorId)));
        Assert.All(checks.Values, c => Assert.Contains("502", c.Reason, StringComparison.Ordinal));
        Assert.InRange(scene.Server.Log.Total, 1, 24);
    }

    [Fact]
    public async Task A_query_that_exceeds_the_resource_limits_is_halved_at_once()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { Faults = Faults.Sequence(Fault.ResourceLimits()) });
        AddRepositories(scene, 4);

        var checks = await scene.CheckAsync();

        Assert.Equal(4, checks.Count(c => c.Value.ChangeType == ChangeType.UpToDate));
        Assert.Equal(3, scene.Server.Log.Total);
    }

    [Fact]
    public async Task A_secondary_limit_that_comes_as_200_is_a_limit_and_is_not_asked_against()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { Faults = Faults.Always(Fault.SecondaryLimitAs200()) });
        AddRepositories(scene, 4);
        scene.Save();
        using var session = scene.Connect(out var store, new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5), MaxRateLimitWait = TimeSpan.FromSeconds(2) });

        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation);

        Assert.All(result.Checks, c => Assert.Equal((ChangeType.Unknown, ErrorIds.UpstreamSecondaryRateLimited), (c.ChangeType, c.ErrorId)));
        Assert.Equal(1, scene.Server.Log.Total);
    }

    [Theory]
    [InlineData(TokenRefusal.Forbidden, "not accessible")]
    [InlineData(TokenRefusal.Saml, "SAML")]
    [InlineData(TokenRefusal.IpAllowList, "IP allow list")]
    [InlineData(TokenRefusal.TokenLifetime, "https://github.com/settings/tokens/1")]
    public async Task A_repository_that_is_closed_to_the_token_is_asked_without_it_and_the_reason_is_told_once(TokenRefusal refusal, string reason)
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        using var open = GitRepositoryBuilder.Create();
        scene.Server.AddRepository("other/open", open);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "1")), GitChange.Write("skills/moves/SKILL.md", RefreshScene.Skill("moves", "1")));
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "2")), GitChange.Move("skills/moves", "elsewhere/moves"), GitChange.Write("skills/fresh/SKILL.md", "f"));
        var head = open.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A")));
        scene.Server.SetFacts(RefreshScene.Repo, new RepositoryFacts { TokenRefusal = refusal });
        scene.Add("pdf", "skill", "skills/pdf", old).Add("moves", "skill", "skills/moves", old).Add("a", "skill", "skills/a", head, repo: "other/open");
        scene.Save();
        using var session = scene.Connect(out var store);
        var refresher = new CollectionRefresher(store, session);

        var checks = (await refresher.CheckAsync(new RefreshRequest(), cancellationToken: Cancellation)).Checks.ToDictionary(c => c.ArtifactId);

        Assert.Equal(ChangeType.Updated, checks["skill:pdf"].ChangeType);
        Assert.Equal(ChangeType.Moved, checks["skill:moves"].ChangeType);
        Assert.Equal(ChangeType.New, checks["skill:fresh"].ChangeType);
        Assert.Equal(ChangeType.UpToDate, checks["skill:a"].ChangeType);
        Assert.Contains(reason, Assert.Single(scene.Reports, r => r.StartsWith("octo: ", StringComparison.Ordinal)), StringComparison.Ordinal);

        scene.Server.Log.Clear();
        await refresher.CheckAsync(new RefreshRequest(), cancellationToken: Cancellation);

        var toClosed = scene.Server.Log.Records.Where(r => r.Path.Contains("/octo/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(toClosed);
        Assert.All(toClosed, r => Assert.False(r.HadToken));
        Assert.Equal([1L], scene.Server.Log.Records.Where(r => r.Kind == RequestKind.GraphQl).Select(r => r.Repositories!.Value));
        Assert.Single(scene.Reports, r => r.StartsWith("octo: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repository_that_is_closed_with_and_without_the_token_says_why()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));
        scene.Server.SetFacts(RefreshScene.Repo, new RepositoryFacts { TokenRefusal = TokenRefusal.Saml, Private = true });

        var check = (await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync())["skill:pdf"];

        Assert.Equal((ChangeType.Unknown, ErrorIds.UpstreamForbidden), (check.ChangeType, check.ErrorId));
        Assert.Contains("organization SAML enforcement", check.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Server.Token, check.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    public async Task A_text_that_GraphQL_cuts_or_takes_for_binary_is_read_whole(string more)
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { MaxGraphQlText = more.Length == 0 ? 40 : 512_000 });
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "A description that is longer than forty bytes of text") + more));
        scene.Add("pdf", "skill", "skills/pdf", head);

        await scene.RefreshAsync();

        Assert.Equal("A description that is longer than forty bytes of text", scene.Read("skill:pdf").Description);
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Kind == RequestKind.Rest && r.Path.Contains("/git/blobs/", StringComparison.Ordinal)));
    }

    /// <summary>Adds repositories with one up-to-date skill each.</summary>
    private static void AddRepositories(RefreshScene scene, int count)
    {
        var head = scene.Git.Commit("1", GitChange.Write("skills/s/SKILL.md", "1"));
        for (var r = 0; r < count; r++)
        {
            scene.Server.AddRepository($"octo/r{r}", scene.Git);
            scene.Add($"s{r}", "skill", "skills/s", head, repo: $"octo/r{r}");
        }
    }
}

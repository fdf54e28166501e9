using SkillMeat.Browsing;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Browsing;

/// <summary>Texts that are together too much for an answer keep no repository from being listed.</summary>
public sealed class BrowseAnswerLimitTests
{
    private const string Other = "octo/other";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Descriptions_that_exceed_the_limit_of_an_answer_are_read_in_parts()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        using var other = GitRepositoryBuilder.Create();
        scene.Server.AddRepository(Other, other, facts: null);
        other.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Git.Commit("1", [.. Enumerable.Range(0, 20).Select(i => GitChange.Write($"p{i:00}/.claude-plugin/plugin.json", $"{{\"name\": \"p{i:00}\", \"description\": \"{new string('d', 20_000)}\"}}"))]);
        scene.Save();
        var sources = new[] { RefreshScene.Repo, Other };

        using var roomy = scene.Connect(out var store);
        var expected = await new ArtifactBrowser(store, roomy).BrowseAsync(new BrowseRequest { Sources = sources, BaseFolder = scene.Home }, Cancellation);
        using var session = scene.Connect(out _, new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5), MaxRetries = 3, Limits = new UpstreamLimits { AnswerBytes = 100_000 } });
        var found = await new ArtifactBrowser(store, session).BrowseAsync(new BrowseRequest { Sources = sources, BaseFolder = scene.Home }, Cancellation);

        Assert.Contains("skill:pdf", found.Select(one => one.ArtifactId));
        Assert.Equal(expected.Select(one => (one.ArtifactId, one.Path, one.Description)), found.Select(one => (one.ArtifactId, one.Path, one.Description)));
    }

    [Fact]
    public async Task A_repository_is_known_although_its_files_are_too_much_for_GitHub()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { MaxGraphQlLookups = 5 });
        var head = scene.Git.Commit("1", [.. Enumerable.Range(0, 10).Select(i => GitChange.Write($"f{i}.json", "{}"))]);
        scene.Save();
        using var session = scene.Connect(out _);
        var repository = RepositoryAddress.OnGitHub(new Uri(scene.Server.ServerUrl), "octo", "skills");
        var path = new PathQuestion("", SkillMeat.Collections.ArtifactType.Skill, RefSpec.Latest, BaseCommit: null, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false, OnlyCommit = true };
        var question = new RepositoryQuestion(repository, [path], [], WithFacts: false) { Files = [.. Enumerable.Range(0, 10).Select(i => new FileQuestion(repository, head, [$"f{i}.json"]))] };

        var answer = Assert.Single(await session.Provider.AskAllAsync([question], Cancellation));

        Assert.Null(answer.Error);
        Assert.Same(question, answer.Question);
        Assert.Equal(head, Assert.Single(answer.Paths).Commit);
        Assert.Empty(answer.Files);
    }
}

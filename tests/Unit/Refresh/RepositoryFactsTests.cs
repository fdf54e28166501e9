using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using Xunit;
using RepositoryFacts = SkillMeat.Tests.LoopbackGitHub.RepositoryFacts;

namespace SkillMeat.Tests.Refresh;

/// <summary>The facts about repositories, of which only 60 an hour can be requested without a token.</summary>
public sealed class RepositoryFactsTests
{
    private static readonly RepositoryFacts Facts = new() { Description = "A repository.", Topics = ["topic-a"], LicenseSpdx = "MIT" };

    [Fact]
    public async Task Without_a_token_an_unchanged_repository_is_not_asked_for_24_hours_and_then_with_its_tag()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var start = DateTimeOffset.UtcNow;
        scene.Time = new ManualTimeProvider(start);
        scene.Add("pdf", "skill", "skills/pdf", scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs"))));
        await scene.RefreshAsync();
        Assert.Equal([200], RestStatuses(scene));

        scene.Time = new ManualTimeProvider(start.AddHours(24).AddSeconds(-1));
        var withinTheDay = await scene.RefreshAsync();
        Assert.Empty(RestStatuses(scene));
        Assert.Null(Assert.Single(withinTheDay.Entries).Reason);

        scene.Time = new ManualTimeProvider(start.AddHours(24));
        await scene.RefreshAsync();
        Assert.Equal([304], RestStatuses(scene));

        scene.Time = new ManualTimeProvider(start.AddHours(47));
        await scene.RefreshAsync();
        Assert.Empty(RestStatuses(scene));
        Assert.Equal("MIT", scene.Read("skill:pdf").License);
    }

    [Fact]
    public async Task Facts_that_a_wrong_clock_read_in_the_future_are_asked_again()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        scene.Add("pdf", "skill", "skills/pdf", scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs"))));
        scene.Time = new ManualTimeProvider(DateTimeOffset.UtcNow.AddYears(1));
        await scene.RefreshAsync();
        scene.Time = null;
        scene.Server.Log.Clear();

        await scene.RefreshAsync();

        Assert.Equal([304], RestStatuses(scene));
    }

    [Fact]
    public async Task A_cache_of_before_the_time_was_kept_is_asked_about_with_its_tag()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        scene.Add("pdf", "skill", "skills/pdf", scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs"))));
        await scene.RefreshAsync();
        var cache = Assert.Single(Directory.GetFiles(Path.Combine(scene.Home, "cache"), "github-etags.json", SearchOption.AllDirectories));
        var text = await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(cache, System.Text.RegularExpressions.Regex.Replace(text, "\"read_at\":\"[^\"]*\",", ""), TestContext.Current.CancellationToken);
        scene.Server.Log.Clear();

        await scene.RefreshAsync();

        Assert.Equal([304], RestStatuses(scene));
    }

    [Fact]
    public async Task The_few_requests_go_to_repositories_that_moved_and_the_others_keep_what_they_have()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts, new LoopbackGitHubOptions { AnonymousLimit = 3 });
        var old = scene.Git.Commit("1", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "old words")));
        var head = scene.Git.Commit("2", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "new words")));
        for (var i = 0; i < 12; i++)
        {
            scene.Server.AddRepository($"octo/r{i}", scene.Git, Facts);
            scene.Add($"s{i}", "skill", "skills/s", i % 4 == 3 ? old : head, repo: $"octo/r{i}", metadata: "license = \"kept\"\n");
        }

        var result = await scene.RefreshAsync();

        Assert.All(result.Entries, entry => Assert.Null(entry.Error));
        foreach (var entry in result.Entries)
        {
            var moved = int.Parse(entry.ArtifactId["skill:s".Length..]) % 4 == 3;
            Assert.Equal(moved ? "MIT" : "kept", scene.Read(entry.ArtifactId).License);
            Assert.Equal("new words", scene.Read(entry.ArtifactId).Description);
            if (!moved)
            {
                Assert.StartsWith("The fields from the repository stay unchanged", entry.Reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_repository_that_is_not_there_costs_none_of_the_few_requests()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        scene.Add("gone", "skill", "skills/gone", new string('a', 40), repo: "octo/gone");

        var result = await scene.RefreshAsync();

        Assert.Equal(RefreshStatus.Error, Assert.Single(result.Entries).Status);
        Assert.Equal(0, scene.Server.Log.Count(RequestKind.Rest));
    }

    private static List<int> RestStatuses(RefreshScene scene)
    {
        var statuses = scene.Server.Log.Records.Where(r => r.Kind == RequestKind.Rest).Select(r => r.Status).ToList();
        scene.Server.Log.Clear();
        return statuses;
    }
}

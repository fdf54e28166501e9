using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>Which artifact moved to which place, whatever the filter leaves out.</summary>
public sealed class MoveTests
{
    private const string Body = "A line that they have in common.\nAnd another one that they have in common.\nAnd a third.\n";

    public static TheoryData<Access> Accesses => new(Access.Token, Access.Anonymous, Access.NoFilter);

    [Theory, MemberData(nameof(Accesses))]
    public async Task The_target_of_a_move_is_not_new_if_the_filter_leaves_its_artifact_out(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit(
            "1",
            GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")),
            GitChange.Write("skills/tidy/SKILL.md", RefreshScene.Skill("tidy", "Tidies")),
            GitChange.Write("commands/review.md", "review it"));
        scene.Git.Commit(
            "2",
            GitChange.Move("skills/pdf", "skills/tidy-pdf"),
            GitChange.Write("skills/tidy-more/SKILL.md", RefreshScene.Skill("tidy-more", "Tidies more")),
            GitChange.Move("commands/review.md", "plugins/p/commands/reviewer.md"),
            GitChange.Write("agents/reviewer.md", "review it"),
            GitChange.Write("agents/other.md", "another agent"));
        scene.Add("pdf", "skill", "skills/pdf", old).Add("tidy", "skill", "skills/tidy", old).Add("review", "command", "commands/review.md", old);

        var named = await scene.CheckAsync(ArtifactFilter.Parse([], ["tidy*"]));
        var typed = await scene.CheckAsync(ArtifactFilter.Parse(["agent"], []));
        var picked = await scene.CheckAsync(ArtifactFilter.Everything.Among([new ArtifactId(ArtifactType.Parse("skill"), "tidy")]));

        Assert.Equal([("skill:tidy", ChangeType.UpToDate), ("skill:tidy-more", ChangeType.New)], InOrder(named));
        // An agent with the content of a command is no command.
        Assert.Equal([("agent:other", ChangeType.New), ("agent:reviewer", ChangeType.New)], InOrder(typed));
        Assert.Equal([("skill:tidy", ChangeType.UpToDate)], InOrder(picked));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task Of_two_artifacts_the_one_with_the_same_content_moved_with_or_without_a_filter(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit(
            "1",
            GitChange.Write("skills/one/SKILL.md", RefreshScene.Skill("two", "The content that stays") + Body),
            GitChange.Write("skills/two/SKILL.md", RefreshScene.Skill("two", "Another content") + Body));
        scene.Git.Commit("2", GitChange.Move("skills/one", "plugins/p/skills/two"), GitChange.Delete("skills/two"));
        scene.Add("two", "skill", "skills/two", old).Add("one", "skill", "skills/one", old);

        foreach (var filter in new[] { ArtifactFilter.Everything, ArtifactFilter.Parse([], ["two"]), ArtifactFilter.Parse([], ["one"]) })
        {
            var checks = await scene.CheckAsync(filter);

            if (checks.TryGetValue("skill:one", out var one)) Assert.Equal((ChangeType.Moved, "plugins/p/skills/two"), (one.ChangeType, one.NewPath));
            if (checks.TryGetValue("skill:two", out var two))
            {
                Assert.Equal((ChangeType.Deleted, null), (two.ChangeType, two.NewPath));
                var repository = $"{scene.Server.ServerUrl}/{RefreshScene.Repo}".Replace("http://", "", StringComparison.Ordinal);
                Assert.Equal($"'skills/two' is no longer in {repository}. 'plugins/p/skills/two' matches it too, but is the new place of skill:one, which matches better.", two.Reason);
            }
        }
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task Of_artifacts_with_the_same_content_the_one_that_was_nearest_moved(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var text = RefreshScene.Skill("twin", "Twin");
        var old = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", text), GitChange.Write("skills/b/SKILL.md", text), GitChange.Write("skills/twin/SKILL.md", text), GitChange.Write("skills/z/SKILL.md", text));
        scene.Git.Commit("2", GitChange.Move("skills/a", "plugins/longer/b"), GitChange.Move("skills/b", "plugins/x"), GitChange.Delete("skills/twin"), GitChange.Delete("skills/z"));
        scene.Add("a", "skill", "skills/a", old).Add("b", "skill", "skills/b", old).Add("twin", "skill", "skills/twin", old).Add("z", "skill", "skills/z", old);

        var checks = await scene.CheckAsync();

        Assert.Equal((ChangeType.Moved, "plugins/longer/b"), (checks["skill:b"].ChangeType, checks["skill:b"].NewPath));
        Assert.All(new[] { "skill:a", "skill:twin", "skill:z" }, id => Assert.Equal(ChangeType.Deleted, checks[id].ChangeType));
        Assert.Equal(checks.Values.Where(c => c.NewPath is not null).Select(c => c.NewPath).Distinct(), checks.Values.Select(c => c.NewPath).OfType<string>());
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_place_that_two_artifacts_match_equally_well_is_the_new_place_of_neither(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var text = RefreshScene.Skill("origin", "Twin");
        var old = scene.Git.Commit("1", GitChange.Write("skills/one/SKILL.md", text), GitChange.Write("skills/two/SKILL.md", text));
        scene.Git.Commit("2", GitChange.Move("skills/one", "skills/fresh"), GitChange.Delete("skills/two"));
        scene.Add("two", "skill", "skills/two", old).Add("one", "skill", "skills/one", old);

        var checks = await scene.CheckAsync();

        Assert.All(new[] { "skill:one", "skill:two" }, id => Assert.Equal((ChangeType.Deleted, null), (checks[id].ChangeType, checks[id].NewPath)));
        Assert.All(new[] { "skill:one", "skill:two" }, id => Assert.EndsWith("'skills/fresh' matches skill:one and skill:two equally well, so it is the new place of none of them.", checks[id].Reason, StringComparison.Ordinal));
        Assert.Equal(ChangeType.New, checks["skill:fresh"].ChangeType);
        var alone = await scene.CheckAsync(ArtifactFilter.Parse([], ["one"]));
        Assert.Equal([("skill:one", ChangeType.Deleted)], InOrder(alone));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_place_that_two_artifacts_match_equally_well_is_not_that_of_a_worse_match(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var text = RefreshScene.Skill("fresh", "Twin") + Body;
        var old = scene.Git.Commit(
            "1",
            GitChange.Write("skills/one/SKILL.md", text),
            GitChange.Write("skills/two/SKILL.md", text),
            GitChange.Write("skills/fresh/SKILL.md", RefreshScene.Skill("fresh", "Another content") + Body));
        scene.Git.Commit("2", GitChange.Move("skills/one", "plugins/p/other"), GitChange.Delete("skills/two"), GitChange.Delete("skills/fresh"));
        scene.Add("two", "skill", "skills/two", old).Add("one", "skill", "skills/one", old).Add("fresh", "skill", "skills/fresh", old);

        var checks = await scene.CheckAsync();

        Assert.All(checks.Values.Where(check => check.ArtifactId != "skill:other"), check => Assert.Equal((ChangeType.Deleted, null), (check.ChangeType, check.NewPath)));
        Assert.EndsWith("'plugins/p/other' matches it too, but skill:one and skill:two match it better, so it is the new place of none of them.", checks["skill:fresh"].Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task Copies_that_follow_one_path_move_together(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Git.Commit("2", GitChange.Move("skills/pdf", "plugins/p/pdf"));
        scene.Add("pdf", "skill", "skills/pdf", old).Add("copy", "skill", "skills/pdf", old);

        var checks = await scene.CheckAsync();

        Assert.All(checks.Values, check => Assert.Equal((ChangeType.Moved, "plugins/p/pdf"), (check.ChangeType, check.NewPath)));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_new_artifact_at_the_path_of_another_repositorys_move_is_new(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        using var other = GitRepositoryBuilder.Create();
        scene.Server.AddRepository("octo/other", other, facts: null);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Git.Commit("2", GitChange.Move("skills/pdf", "skills/fresh"));
        var word = other.Commit("1", GitChange.Write("skills/word/SKILL.md", RefreshScene.Skill("word", "Words")));
        other.Commit("2", GitChange.Write("skills/fresh/SKILL.md", RefreshScene.Skill("fresh", "Fresh")));
        scene.Add("pdf", "skill", "skills/pdf", old).Add("word", "skill", "skills/word", word, repo: "octo/other");

        var checks = await scene.CheckAsync();

        Assert.Equal((ChangeType.Moved, "skills/fresh"), (checks["skill:pdf"].ChangeType, checks["skill:pdf"].NewPath));
        Assert.Equal(ChangeType.New, checks["skill:fresh"].ChangeType);
    }

    [Fact]
    public async Task Artifacts_that_the_filter_leaves_out_are_not_asked_about_without_a_reason()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"), GitChange.Write("skills/other/SKILL.md", "1"));
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", "2"), GitChange.Write("skills/fresh/SKILL.md", "1"));
        scene.Add("pdf", "skill", "skills/pdf", old).Add("other", "skill", "skills/other", old);

        await scene.CheckAsync(ArtifactFilter.Parse([], ["pdf"]));

        Assert.Equal(1, scene.Server.Log.Total);
    }

    private static IEnumerable<(string, ChangeType)> InOrder(IReadOnlyDictionary<string, ArtifactCheck> checks) => checks.Values.Select(c => (c.ArtifactId, c.ChangeType)).OrderBy(c => c.ArtifactId, StringComparer.Ordinal);
}

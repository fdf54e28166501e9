using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>The results of the update check, with every way to query a repository.</summary>
public sealed class UpdateCheckTests
{
    public static TheoryData<Access> Accesses => new(Access.Token, Access.Anonymous, Access.NoFilter);

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_commit_elsewhere_in_the_repository_updates_nothing(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")), GitChange.Write("README.md", "1"));
        var head = scene.Git.Commit("2", GitChange.Write("README.md", "2"));

        var check = (await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync())["skill:pdf"];

        Assert.Equal((ChangeType.UpToDate, false, old, head), (check.ChangeType, check.UpdateAvailable, check.OldSha, check.NewSha));
        Assert.Equal("latest", check.Ref);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_change_deep_inside_the_artifact_is_an_update(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")), GitChange.Write("skills/pdf/a/b/c.txt", "1"));
        var head = scene.Git.Commit("2", GitChange.Write("skills/pdf/a/b/c.txt", "2"));

        var check = (await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync())["skill:pdf"];

        Assert.Equal((ChangeType.Updated, true, old, head), (check.ChangeType, check.UpdateAvailable, check.OldSha, check.NewSha));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_changed_mode_is_an_update_and_a_single_file_artifact_is_compared_by_its_blob(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "x"), GitChange.Write("skills/pdf/run.sh", "x"), GitChange.Write("commands/review.md", "1"), GitChange.Write("agents/a.md", "1"));
        scene.Git.Commit("2", GitChange.Write("skills/pdf/run.sh", "x", executable: true), GitChange.Write("commands/review.md", "2"));
        scene.Add("pdf", "skill", "skills/pdf", old).Add("review", "command", "commands/review.md", old).Add("a", "agent", "agents/a.md", old);

        var checks = await scene.CheckAsync();

        Assert.Equal(ChangeType.Updated, checks["skill:pdf"].ChangeType);
        Assert.Equal(ChangeType.Updated, checks["command:review"].ChangeType);
        Assert.Equal(ChangeType.UpToDate, checks["agent:a"].ChangeType);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task An_artifact_that_was_changed_and_changed_back_is_up_to_date(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", "2"));
        scene.Git.Commit("3", GitChange.Write("skills/pdf/SKILL.md", "1"));

        Assert.Equal(ChangeType.UpToDate, (await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync())["skill:pdf"].ChangeType);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_pinned_tag_is_compared_with_that_tag_and_not_with_the_default_branch(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));
        scene.Git.AnnotatedTag("v1.0.0", "first", old);
        scene.Git.Tag("light", old);
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", "2"));
        scene.Add("pdf", "skill", "skills/pdf", old, "v1.0.0").Add("light", "skill", "skills/pdf", old, "light").Add("pinned", "skill", "skills/pdf", old, old);

        var checks = await scene.CheckAsync();

        Assert.All(new[] { "skill:pdf", "skill:light", "skill:pinned" }, id => Assert.Equal((ChangeType.UpToDate, old), (checks[id].ChangeType, checks[id].NewSha)));
        Assert.Equal("v1.0.0", checks["skill:pdf"].Ref);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_tag_that_moved_a_branch_with_a_slash_and_a_tag_that_looks_like_a_commit_are_followed(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));
        var next = scene.Git.CommitTo("feature/x", "2", [GitChange.Write("skills/pdf/SKILL.md", "2")]);
        scene.Git.Tag("stable", next);
        scene.Git.Tag("deadbeef", next);
        scene.Git.Branch("both", old);
        scene.Git.Tag("both", next);
        scene.Add("tag", "skill", "skills/pdf", old, "stable").Add("branch", "skill", "skills/pdf", old, "feature/x").Add("hex", "skill", "skills/pdf", old, "deadbeef")
            .Add("both", "skill", "skills/pdf", old, "both").Add("head", "skill", "skills/pdf", old);

        var checks = await scene.CheckAsync();

        Assert.All(new[] { "skill:tag", "skill:branch", "skill:hex", "skill:both" }, id => Assert.Equal((ChangeType.Updated, next), (checks[id].ChangeType, checks[id].NewSha)));
        Assert.Equal(ChangeType.UpToDate, checks["skill:head"].ChangeType);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_ref_that_is_gone_is_unknown_and_not_deleted(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));

        var check = (await scene.Add("pdf", "skill", "skills/pdf", old, "v9").CheckAsync())["skill:pdf"];

        Assert.Equal((ChangeType.Unknown, ErrorIds.UpstreamNotFound), (check.ChangeType, check.ErrorId));
        Assert.Contains("v9", check.Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_path_that_is_gone_and_nowhere_else_is_deleted(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")), GitChange.Write("skills/other/SKILL.md", RefreshScene.Skill("other", "Others")));
        scene.Git.Commit("2", GitChange.Delete("skills/pdf"));

        var check = (await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync())["skill:pdf"];

        Assert.Equal((ChangeType.Deleted, false, null), (check.ChangeType, check.UpdateAvailable, check.NewPath));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task An_artifact_is_found_where_it_moved_to_by_its_content_or_half_of_it(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit(
            "1",
            GitChange.Write("skills/same/SKILL.md", RefreshScene.Skill("same", "Same")),
            GitChange.Write("skills/named/SKILL.md", RefreshScene.Skill("named", "Named") + "A line that stays.\n"),
            GitChange.Write("commands/review.md", "review it"),
            GitChange.Write("agents/helper.md", "---\nname: helper\n---\nhelp"));
        scene.Git.Commit(
            "2",
            GitChange.Move("skills/same", "plugins/p/skills/renamed"),
            GitChange.Delete("skills/named"),
            GitChange.Write("other/place/SKILL.md", RefreshScene.Skill("named", "Named, and changed") + "A line that stays.\n"),
            GitChange.Move("commands/review.md", "plugins/p/commands/check.md"),
            GitChange.Delete("agents/helper.md"),
            GitChange.Write("plugins/p/agents/assistant.md", "---\nname: helper\n---\nhelp more"));
        scene.Add("same", "skill", "skills/same", old).Add("named", "skill", "skills/named", old).Add("review", "command", "commands/review.md", old).Add("helper", "agent", "agents/helper.md", old);

        var checks = await scene.CheckAsync();

        Assert.All(checks.Values, c => Assert.Equal((ChangeType.Moved, true), (c.ChangeType, c.UpdateAvailable)));
        Assert.Equal("plugins/p/skills/renamed", checks["skill:same"].NewPath);
        Assert.Equal("other/place", checks["skill:named"].NewPath);
        Assert.Equal("plugins/p/commands/check.md", checks["command:review"].NewPath);
        Assert.Equal("plugins/p/agents/assistant.md", checks["agent:helper"].NewPath);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_copy_that_another_artifact_follows_is_not_where_this_one_moved_to(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var text = RefreshScene.Skill("twin", "Twin");
        var old = scene.Git.Commit("1", GitChange.Write("skills/one/SKILL.md", text), GitChange.Write("skills/two/SKILL.md", text));
        scene.Git.Commit("2", GitChange.Delete("skills/one"));
        scene.Add("one", "skill", "skills/one", old).Add("two", "skill", "skills/two", old);

        var checks = await scene.CheckAsync();

        Assert.Equal(ChangeType.Deleted, checks["skill:one"].ChangeType);
        Assert.Equal(ChangeType.UpToDate, checks["skill:two"].ChangeType);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_repository_with_a_new_name_has_moved_its_artifacts(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));
        scene.Server.Rename(RefreshScene.Repo, "octo/better-skills");

        var check = (await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync())["skill:pdf"];

        Assert.Equal(ChangeType.Moved, check.ChangeType);
        Assert.Equal(("skills/pdf", $"{scene.Server.ServerUrl}/octo/better-skills"), (check.NewPath, check.NewRepository));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task Artifacts_of_a_followed_repository_that_the_collection_does_not_have_are_new(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"), GitChange.Write("skills/README.md", "no artifact"), GitChange.Write("skills/empty/notes.txt", "no artifact"));
        var head = scene.Git.Commit(
            "2",
            GitChange.Write("skills/fresh/SKILL.md", RefreshScene.Skill("fresh", "Fresh")),
            GitChange.Write("commands/go.md", "go"),
            GitChange.Write("commands/README.md", "about"),
            GitChange.Write("mcp/db/.mcp.json", "{}"),
            GitChange.Write("elsewhere/x/SKILL.md", RefreshScene.Skill("x", "not in a container")));
        scene.Add("pdf", "skill", "skills/pdf", old);

        var checks = await scene.CheckAsync();

        Assert.Equal(["command:go", "mcp:db", "skill:fresh"], checks.Where(c => c.Value.ChangeType == ChangeType.New).Select(c => c.Key).Order(StringComparer.Ordinal));
        Assert.Equal((false, null, head, "skills/fresh"), (checks["skill:fresh"].UpdateAvailable, checks["skill:fresh"].OldSha, checks["skill:fresh"].NewSha, checks["skill:fresh"].NewPath));
        Assert.Equal(["command:go"], (await scene.CheckAsync(ArtifactFilter.Parse(["command"], []))).Keys);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task One_repository_that_fails_fails_its_own_artifacts_only(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));
        scene.Add("pdf", "skill", "skills/pdf", old).Add("lost", "skill", "skills/lost", old, repo: "octo/missing").Add("secret", "skill", "skills/s", old, repo: "octo/gone");

        var checks = await scene.CheckAsync();

        Assert.Equal(ChangeType.UpToDate, checks["skill:pdf"].ChangeType);
        Assert.Equal((ChangeType.Unknown, ErrorIds.UpstreamNotFound), (checks["skill:lost"].ChangeType, checks["skill:lost"].ErrorId));
        Assert.Contains("octo/missing", checks["skill:lost"].Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_commit_that_upstream_lost_is_compared_by_the_files(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        scene.Git.Commit("1", GitChange.Write("skills/same/SKILL.md", "1\n"), GitChange.Write("skills/other/SKILL.md", "2\n"));
        var lost = new string('a', 40);
        foreach (var name in new[] { "same", "other", "edited" })
        {
            Directory.CreateDirectory(Path.Combine(scene.Folder, "skills", name));
            await File.WriteAllTextAsync(Path.Combine(scene.Folder, "skills", name, "SKILL.md"), "1\n", TestContext.Current.CancellationToken);
        }

        var fetched = ContentHash.Of(Path.Combine(scene.Folder, "skills", "other"));
        scene.Add("same", "skill", "skills/same", lost).Add("other", "skill", "skills/other", lost, hash: fetched)
            .Add("edited", "skill", "skills/other", lost).Add("nofiles", "skill", "skills/other", lost);

        var checks = await scene.CheckAsync();

        Assert.Equal(ChangeType.UpToDate, checks["skill:same"].ChangeType);
        Assert.Equal(ChangeType.Updated, checks["skill:other"].ChangeType);
        Assert.Equal(ChangeType.Unknown, checks["skill:edited"].ChangeType);
        Assert.Equal(ChangeType.Unknown, checks["skill:nofiles"].ChangeType);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task An_update_says_whether_the_local_files_were_edited(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("commands/a.md", "1"), GitChange.Write("commands/b.md", "1"));
        scene.Git.Commit("2", GitChange.Write("commands/a.md", "2"), GitChange.Write("commands/b.md", "2"));
        scene.Add("a", "command", "commands/a.md", old).Add("b", "command", "commands/b.md", old).Save();
        Directory.CreateDirectory(Path.Combine(scene.Folder, "commands"));
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "commands", "a.md"), "edited", TestContext.Current.CancellationToken);

        var checks = await scene.CheckAsync();

        Assert.Equal(UpdateRisk.Conflict, checks["command:a"].Drift);
        Assert.Equal(UpdateRisk.ReviewRequired, checks["command:b"].Drift);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_folder_with_a_dot_in_its_name_is_not_taken_for_one_without(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/node.js/SKILL.md", "1"));
        scene.Git.Commit("2", GitChange.Delete("skills/node.js"), GitChange.Write("elsewhere/node/SKILL.md", RefreshScene.Skill("node", "another one")));

        Assert.Equal(ChangeType.Deleted, (await scene.Add("node.js", "skill", "skills/node.js", old).CheckAsync())["skill:node.js"].ChangeType);
    }

    [Fact]
    public async Task A_thousand_moves_are_found_at_once()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous);
        var old = scene.Git.Commit("1", Enumerable.Range(0, 1000).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", RefreshScene.Skill($"s{i}", "words") + $"{i} is a number.\n")).ToArray());
        scene.Git.Commit("2", GitChange.Move("skills", "plugins/all/skills"), GitChange.Write("plugins/all/skills/s3/SKILL.md", RefreshScene.Skill("s3", "other words") + "3 is a number.\n"));
        for (var i = 0; i < 1000; i++)
        {
            scene.Add($"s{i}", "skill", $"skills/s{i}", old);
        }

        var checks = await scene.CheckAsync();

        Assert.Equal(1000, checks.Values.Count(c => c.ChangeType == ChangeType.Moved && c.NewPath == $"plugins/all/skills/{c.Name}"));
    }

    [Fact]
    public async Task A_server_with_protocol_version_0_is_understood()
    {
        await using var scene = await RefreshScene.StartAsync(Access.OldGit);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"), GitChange.Write("README.md", "1"));
        scene.Add("pdf", "skill", "skills/pdf", old);

        Assert.Equal(ChangeType.UpToDate, (await scene.CheckAsync())["skill:pdf"].ChangeType);
    }

    [Fact]
    public async Task An_artifact_without_an_upstream_is_unknown_without_being_an_error()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        scene.Save();
        await File.AppendAllTextAsync(scene.ManifestPath, "\n[[artifacts]]\nname = \"mine\"\ntype = \"skill\"\npath = \"skills/mine\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n", TestContext.Current.CancellationToken);

        var check = (await scene.CheckAsync())["skill:mine"];

        Assert.Equal((ChangeType.Unknown, null, "It has no upstream."), (check.ChangeType, check.ErrorId, check.Reason));
        Assert.Equal(0, scene.Server.Log.Total);
    }

    [Fact]
    public async Task With_a_token_many_repositories_are_asked_in_few_queries()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var changes = Enumerable.Range(0, 340).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", "1")).ToArray();
        var old = scene.Git.Commit("1", changes);
        scene.Git.Commit("2", GitChange.Write("skills/s7/SKILL.md", "2"));
        for (var r = 0; r < 20; r++)
        {
            scene.Server.AddRepository($"octo/r{r}", scene.Git);
            for (var i = 0; i < 17; i++)
            {
                scene.Add($"r{r}-s{i}", "skill", $"skills/s{(r * 17) + i}", old, repo: $"octo/r{r}");
            }
        }

        var checks = await scene.CheckAsync(ArtifactFilter.Parse([], ["r*"]));

        Assert.Equal(["skill:r0-s7"], checks.Where(c => c.Value.ChangeType == ChangeType.Updated).Select(c => c.Key));
        Assert.Equal(339, checks.Count(c => c.Value.ChangeType == ChangeType.UpToDate));
        Assert.InRange(scene.Server.Log.Total, 1, 6);
        Assert.InRange(scene.Server.Log.MostAtOnce, 1, 4);
    }

    [Fact]
    public async Task Without_a_token_an_unmoved_repository_costs_one_request()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous);
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", "1"));
        scene.Add("pdf", "skill", "skills/pdf", head).Add("again", "skill", "skills/pdf", head);

        await scene.CheckAsync();

        Assert.Equal(1, scene.Server.Log.Total);
    }

    [Theory]
    [InlineData(Access.Token)]
    [InlineData(Access.Anonymous)]
    public async Task A_new_file_beside_a_nested_command_is_found(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("commands/git/clean.md", "cleans"));
        scene.Git.Commit("2", GitChange.Write("commands/git/commit.md", "commits"), GitChange.Write("commands/agents/scout.md", "an agent"));
        scene.Add("clean", "command", "commands/git/clean.md", old);

        var checks = await scene.CheckAsync();

        Assert.Equal((ChangeType.New, "commands/git/commit.md"), (checks["command:commit"].ChangeType, checks["command:commit"].NewPath));
        Assert.Equal(2, checks.Count);
    }
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

using RepositoryFacts = SkillMeat.Tests.LoopbackGitHub.RepositoryFacts;

namespace SkillMeat.Tests.Refresh;

/// <summary>The fields that a refresh changes, and those that it never changes.</summary>
public sealed class FieldRefreshTests
{
    private static readonly RepositoryFacts Facts = new() { Description = "A repository.", Topics = ["topic-a", "topic-b"], LicenseSpdx = "MIT" };

    public static TheoryData<Access> Accesses => new(Access.Token, Access.Anonymous, Access.NoFilter);

    [Theory, MemberData(nameof(Accesses))]
    public async Task Front_matter_comes_first_and_the_repository_where_it_says_nothing(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access, Facts);
        var head = scene.Git.Commit(
            "1",
            GitChange.Write("skills/full/SKILL.md", RefreshScene.Skill("full", "Own words", "author: Ada\nlicense: Apache-2.0\ntags: [x, y]\ncategory: tools\ndeprecated: true\n")),
            GitChange.Write("skills/bare/SKILL.md", "---\nname: bare\nauthor:\n---\ntext"));
        scene.Add("full", "skill", "skills/full", head).Add("bare", "skill", "skills/bare", head);

        var result = await scene.RefreshAsync();

        Assert.All(result.Entries, e => Assert.Equal(RefreshStatus.Refreshed, e.Status));
        var full = scene.Read("skill:full");
        Assert.Equal(("Own words", "Ada", "Apache-2.0", "tools", true), (full.Description, full.Author, full.License, full.Category, full.Deprecated));
        Assert.Equal(["x", "y"], full.Tags);
        Assert.NotNull(full.TagsImportedAt);
        var bare = scene.Read("skill:bare");
        Assert.Equal(("A repository.", null, "MIT", null, null), (bare.Description, bare.Author, bare.License, bare.Category, bare.Deprecated));
        Assert.Equal(["topic-a", "topic-b"], bare.Tags);
        Assert.NotNull(result.SnapshotId);
        Assert.Equal((2, 100.0), (result.Summary.RefreshedCount, result.Summary.SuccessRate));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_second_refresh_changes_nothing_and_writes_nothing(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access, Facts);
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")), GitChange.Write("commands/c.md", "no front matter"));
        scene.Add("pdf", "skill", "skills/pdf", head).Add("c", "command", "commands/c.md", head);
        await scene.RefreshAsync();
        var before = scene.ReadTree();

        var second = await scene.RefreshAsync();

        Assert.All(second.Entries, e => Assert.Equal(RefreshStatus.Unchanged, e.Status));
        Assert.Null(second.SnapshotId);
        Assert.Equal(before, scene.ReadTree());
    }

    [Fact]
    public async Task A_known_manifest_file_is_not_fetched_again()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs", new string('#', 20_000) + "\n")));
        scene.Add("pdf", "skill", "skills/pdf", head);
        await scene.RefreshAsync();
        scene.Server.Log.Clear();

        await scene.RefreshAsync();

        Assert.Equal(1, scene.Server.Log.Total);
        Assert.InRange(scene.Server.Log.Records[0].Bytes, 0, 2_000);
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "Better")));
        await scene.RefreshAsync();
        Assert.Equal("Better", scene.Read("skill:pdf").Description);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task The_users_own_tags_stay_and_withdrawn_upstream_tags_go(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "d", "tags: [a, b]\n")));
        scene.Add("pdf", "skill", "skills/pdf", head, more: "tags = [\"mine\", \"a\"] # own\n");
        await scene.RefreshAsync();
        Assert.Equal(["mine", "a", "b"], scene.Read("skill:pdf").Tags);
        var importedAt = scene.Read("skill:pdf").TagsImportedAt;

        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "d", "tags: [b, c]\n")));
        var entry = (await scene.RefreshAsync()).Entries.Single();

        Assert.Equal(["tags"], entry.Changes);
        Assert.Equal(["mine", "b", "c"], scene.Read("skill:pdf").Tags);
        Assert.True(scene.Read("skill:pdf").TagsImportedAt > importedAt);
        Assert.Contains("# own", await File.ReadAllTextAsync(scene.ManifestPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a, b", "a, b", "a, b", false)]
    [InlineData("a, a", "a, a", "a", false)]
    [InlineData("a", "a, a", "a", false)]
    [InlineData("a, b", "a, a", "a, b", false)]
    [InlineData("b, a", "a, b", "b, a", false)]
    [InlineData("own, a", "a, b", "own, a, b", true)]
    public async Task Tags_change_only_if_one_is_missing(string own, string upstream, string expected, bool changes)
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs", $"tags: [{upstream}]\n")));
        scene.Add("pdf", "skill", "skills/pdf", head, more: $"tags = [{string.Join(", ", own.Split(", ").Select(tag => $"\"{tag}\""))}]\n");

        var first = await scene.RefreshAsync(new RefreshRequest { Fields = [RefreshField.Tags] });
        var second = await scene.RefreshAsync(new RefreshRequest { Fields = [RefreshField.Tags] });

        Assert.Equal(expected, scene.Read("skill:pdf").Tags.ToString());
        Assert.Equal([changes ? RefreshStatus.Refreshed : RefreshStatus.Unchanged, RefreshStatus.Unchanged], new[] { first, second }.SelectMany(result => result.Entries).Select(entry => entry.Status));
    }

    [Fact]
    public async Task Only_the_wanted_fields_of_the_wanted_artifacts_change()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit("1",
            GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A", "author: X\n")),
            GitChange.Write("skills/b/SKILL.md", RefreshScene.Skill("b", "B")),
            GitChange.Write("commands/a.md", "---\ndescription: C\n---\n"));
        scene.Add("a", "skill", "skills/a", head).Add("b", "skill", "skills/b", head).Add("a", "command", "commands/a.md", head);

        var result = await scene.RefreshAsync(new RefreshRequest { Fields = RefreshField.Parse(["author"]), Filter = ArtifactFilter.Parse(["skill"], ["A*"]) });

        Assert.Equal("skill:a", result.Entries.Single().ArtifactId.ToString());
        Assert.Equal(["author"], result.Entries.Single().Changes);
        Assert.Equal((null, "X"), (scene.Read("skill:a").Description, scene.Read("skill:a").Author));
        Assert.Null(scene.Read("command:a").Description);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_writes_nothing()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "new words")));
        scene.Add("a", "skill", "skills/a", head, metadata: "description = \"old words\"\n").Save();
        var before = scene.ReadTree();

        var dry = await scene.RefreshAsync(new RefreshRequest { DryRun = true });

        Assert.Equal(before, scene.ReadTree());
        var real = await scene.RefreshAsync();
        Assert.Equal(("old words", "new words"), (dry.Entries[0].OldValues["description"], dry.Entries[0].NewValues["description"]));
        Assert.Equal(dry.Entries[0].NewValues, real.Entries[0].NewValues);
        Assert.Null(dry.SnapshotId);
    }

    [Fact]
    public async Task A_file_that_is_gone_or_can_not_be_read_loses_no_metadata()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, Facts);
        var old = scene.Git.Commit("1", GitChange.Write("skills/gone/SKILL.md", "x"), GitChange.Write("skills/bad/SKILL.md", "x"), GitChange.Write("skills/lost/SKILL.md", "x"));
        scene.Git.Commit("2", GitChange.Delete("skills/gone"), GitChange.Write("skills/bad/SKILL.md", "---\ndescription: never closed\n"));
        const string Known = "description = \"kept\"\nauthor = \"kept\"\nlicense = \"kept\"\n";
        scene.Add("gone", "skill", "skills/gone", old, metadata: Known).Add("bad", "skill", "skills/bad", old, metadata: Known).Add("lost", "skill", "skills/lost", old, repo: "octo/nowhere", metadata: Known).Save();
        var before = await File.ReadAllBytesAsync(scene.ManifestPath, TestContext.Current.CancellationToken);

        var result = await scene.RefreshAsync();

        Assert.Equal(before, await File.ReadAllBytesAsync(scene.ManifestPath, TestContext.Current.CancellationToken));
        Assert.Equal(RefreshStatus.Skipped, result.Entries[0].Status);
        Assert.Equal((RefreshStatus.Unchanged, null), (result.Entries[1].Status, result.Entries[1].ErrorId));
        Assert.StartsWith("SKILL.md line 1: ", result.Entries[1].Reason, StringComparison.Ordinal);
        Assert.Equal((RefreshStatus.Error, ErrorIds.UpstreamNotFound), (result.Entries[2].Status, result.Entries[2].ErrorId));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task A_used_up_rate_limit_is_an_error_with_the_time_of_the_reset_and_loses_nothing(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access, Facts);
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "new words")));
        scene.Add("a", "skill", "skills/a", head, metadata: "description = \"old\"\nlicense = \"kept\"\n").Save();
        var reset = DateTimeOffset.UtcNow.AddHours(1);
        scene.Server.Faults = Tests.LoopbackGitHub.Faults.When(r => r.Kind is RequestKind.GraphQl or RequestKind.Rest, Tests.LoopbackGitHub.Faults.Always(Fault.PrimaryLimit(reset)));

        var result = await scene.RefreshAsync();

        if (access == Access.Token)
        {
            Assert.Equal((RefreshStatus.Error, ErrorIds.UpstreamRateLimited), (result.Entries[0].Status, result.Entries[0].ErrorId));
            Assert.Contains(reset.ToString("yyyy-MM-dd'T'HH:mm"), result.Entries[0].Error, StringComparison.Ordinal);
            Assert.DoesNotContain(scene.Server.Token, result.Entries[0].Error, StringComparison.Ordinal);
        }
        else
        {
            // git has no such limit, so front matter is still read, and fields that only REST provides stay as they are.
            Assert.Equal(["description"], result.Entries[0].Changes);
            Assert.Contains("rate limit", result.Entries[0].Reason, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("kept", scene.Read("skill:a").License);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task With_a_fault_in_every_third_answer_nothing_is_lost_and_the_second_run_completes(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access, Facts);
        var head = scene.Git.Commit("1", Enumerable.Range(0, 12).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", RefreshScene.Skill($"s{i}", $"words {i}"))).ToArray());
        for (var i = 0; i < 12; i++)
        {
            scene.Server.AddRepository($"octo/r{i}", scene.Git, Facts);
            scene.Add($"s{i}", "skill", $"skills/s{i}", head, repo: $"octo/r{i}", metadata: "description = \"old\"\nauthor = \"kept\"\n");
        }

        scene.Server.Faults = Tests.LoopbackGitHub.Faults.EveryNth(3, [.. Tests.LoopbackGitHub.Faults.BadDay(TimeSpan.FromMilliseconds(1))]);
        var first = await scene.RefreshAsync();
        var second = await scene.RefreshAsync();

        Assert.All(first.Entries.Where(e => e.Status == RefreshStatus.Error), e => Assert.NotNull(e.Error));
        Assert.DoesNotContain(second.Entries, e => e.Status == RefreshStatus.Error);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(($"words {i}", "kept"), (scene.Read($"skill:s{i}").Description, scene.Read($"skill:s{i}").Author));
        }
    }

    [Fact]
    public async Task A_refused_token_is_named_by_its_source_and_never_shown()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { Token = "another" });
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "x"));
        scene.Add("a", "skill", "skills/a", head);
        scene.Server.Faults = Tests.LoopbackGitHub.Faults.Always(Fault.Unauthorized());

        var entry = (await scene.RefreshAsync()).Entries.Single();

        Assert.Equal(ErrorIds.UpstreamUnauthorized, entry.ErrorId);
        Assert.Contains("GITHUB_TOKEN", entry.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("another", entry.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archived_repository_makes_its_artifacts_deprecated_until_it_is_revived()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, new RepositoryFacts { Archived = true });
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "x"));
        await scene.Add("a", "skill", "skills/a", head).RefreshAsync();
        Assert.True(scene.Read("skill:a").Deprecated);

        scene.Server.SetFacts(RefreshScene.Repo, new RepositoryFacts());
        await scene.RefreshAsync();

        Assert.False(scene.Read("skill:a").Deprecated);
    }

    [Fact]
    public async Task A_value_that_somebody_wrote_is_not_the_repositorys_to_change()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token, Facts with { Archived = false });
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "no front matter"), GitChange.Write("skills/lost/README.md", "no SKILL.md"), GitChange.Write("hooks/h/settings.json", "{}"));
        const string Own = "description = \"my own words\"\n\n[artifacts.metadata.extra]\ndeprecated = true\n";
        scene.Add("a", "skill", "skills/a", head, metadata: Own).Add("lost", "skill", "skills/lost", head, metadata: Own).Add("h", "hook", "hooks/h", head, metadata: Own).Add("empty", "skill", "skills/a", head);

        var result = await scene.RefreshAsync();

        Assert.All(new[] { "skill:a", "skill:lost", "hook:h" }, id => Assert.Equal(("my own words", true), (scene.Read(id).Description, scene.Read(id).Deprecated)));
        Assert.Equal(RefreshStatus.Skipped, result.Entries[1].Status);
        Assert.Equal("A repository.", scene.Read("skill:empty").Description);
        scene.Server.SetFacts(RefreshScene.Repo, Facts with { Description = "Another one." });
        await scene.RefreshAsync();
        Assert.Equal("Another one.", scene.Read("skill:empty").Description);
    }

    [Fact]
    public async Task Changes_of_another_program_while_upstream_is_asked_are_kept()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "words")), GitChange.Write("skills/b/SKILL.md", RefreshScene.Skill("b", "words")));
        scene.Add("a", "skill", "skills/a", head).Add("b", "skill", "skills/b", head).Save();
        scene.Server.Faults = _ =>
        {
            // Python SkillMeat uses no locks: it reads, changes and writes the whole file.
            File.WriteAllText(scene.ManifestPath, "# edited meanwhile\n" + File.ReadAllText(scene.ManifestPath).Replace("name = \"b\"", "name = \"c\"", StringComparison.Ordinal));
            scene.Server.Faults = null;
            return null;
        };

        var result = await scene.RefreshAsync();

        Assert.Equal([RefreshStatus.Refreshed, RefreshStatus.Skipped], result.Entries.Select(e => e.Status));
        Assert.StartsWith("# edited meanwhile", await File.ReadAllTextAsync(scene.ManifestPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(("words", null), (scene.Read("skill:a").Description, scene.Read("skill:c").Description));
    }
}

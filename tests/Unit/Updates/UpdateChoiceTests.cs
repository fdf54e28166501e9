using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Merging;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>The input that adapters give to an update: the artifacts of each collection, a person's choices, and the configuration.</summary>
public sealed class UpdateChoiceTests
{
    [Fact]
    public async Task A_collection_can_have_a_filter_of_its_own()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await CollectionStore.Open(scene.Home).CreateAsync("work", TimeSpan.FromSeconds(30), Cancellation);
        string[] both = [$"{Repo}/skills/a", $"{Repo}/skills/b"];
        await scene.AddAsync("default", both);
        await scene.AddAsync("work", both);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")), GitChange.Write("skills/b/SKILL.md", Skill("b", "2")));

        var result = await scene.UpdateAsync(new UpdateRequest
        {
            Collections = ["default", "work"],
            CollectionFilters = new Dictionary<string, ArtifactFilter>
            {
                ["default"] = ArtifactFilter.Everything.Among([ArtifactId.Parse("skill:a")]),
                ["work"] = ArtifactFilter.Everything.Among([ArtifactId.Parse("skill:b"), ArtifactId.Parse("skill:c")]),
            },
        });

        Assert.Equal([("default", "skill:a"), ("work", "skill:b")], result.Entries.Select(e => (e.Collection, e.ArtifactId)));
        Assert.Equal(["skill:c"], result.Unknown.Select(unknown => unknown.Name));
        Assert.Contains("'work'", result.Unknown[0].Error.Message, StringComparison.Ordinal);
        Assert.Equal((Skill("b"), Skill("a")), (scene.Read("skills/b/SKILL.md"), scene.Read("skills/a/SKILL.md", "work")));
    }

    [Fact]
    public async Task An_artifact_that_is_declined_is_neither_removed_nor_pinned_to_another_version()
    {
        await using var scene = await StartAsync();
        scene.Git.Tag("v1", scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b"))));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b@v1");
        scene.Git.Commit("2", GitChange.Delete("skills/a/SKILL.md"));
        var before = scene.Describe();
        var store = scene.Open();
        using var session = scene.Connect(store);
        var updater = new ArtifactUpdater(store, session);

        foreach (var (name, version) in new (string, string?)[] { ("a", null), ("b", "latest") })
        {
            using var planned = await updater.PlanAsync(new UpdateRequest { Filter = Only(name), RemoveDeleted = true, Version = version }, listener: null, Cancellation);
            Assert.Equal(version is null ? UpdateStatus.Removed : UpdateStatus.Updated, Assert.Single(planned.Entries).Status);
            var result = await updater.ApplyAsync(planned.Choose([KeyValuePair.Create(planned.Entries[0], UpdateStrategy.KeepLocal)]), Cancellation);
            Assert.Equal(UpdateStatus.KeptLocal, Assert.Single(result.Entries).Status);
        }

        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task A_local_file_in_the_place_of_a_fetched_folder_is_in_conflict_with_it_when_upstream_is_taken()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/a/tool/a.md", "1"));
        await scene.AddAsync($"{Repo}/skills/a");
        Directory.Delete(scene.At("skills/a/tool"), recursive: true);
        scene.Write("skills/a/tool", "mine");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { Strategy = UpdateStrategy.TakeUpstream });

        Assert.Equal(UpdateStatus.Conflict, entry.Status);
        Assert.Equal(("tool", ConflictKind.FileFolder), (Assert.Single(entry.Conflicts).Path, entry.Conflicts[0].Kind));
        Assert.Equal("mine", scene.Read("skills/a/tool"));
    }

    [Fact]
    public async Task A_folder_that_is_chosen_over_a_local_file_comes_with_all_its_files()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("skills/a/tool", "mine");
        scene.Git.Commit("2", GitChange.Write("skills/a/tool/a.md", "1"), GitChange.Write("skills/a/tool/b.md", "2"));
        Assert.Equal(UpdateStatus.Conflict, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync(new UpdateRequest { ResolveWith = ConflictResolution.Upstream })).Status);

        Assert.Equal(("1", "2"), (scene.Read("skills/a/tool/a.md"), scene.Read("skills/a/tool/b.md")));
    }

    [Theory]
    [InlineData("\n", "\r\n", "\n")]
    [InlineData("\n", "\n", "\r\n")]
    [InlineData("\r\n", "\r\n", "\n")]
    [InlineData("\r\n", "\n", "\r\n")]
    public async Task A_side_is_taken_only_where_lines_are_in_conflict_whatever_their_endings(string before, string here, string upstream)
    {
        foreach (var takesUpstream in new[] { true, false })
        {
            await using var scene = await StartAsync();
            scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/a/ref.md", Numbered(before)));
            await scene.AddAsync($"{Repo}/skills/a");
            scene.Write("skills/a/ref.md", Numbered(here, (5, "mine"), (20, "mine")));
            scene.Git.Commit("2", GitChange.Write("skills/a/ref.md", Numbered(upstream, (20, "theirs"), (35, "theirs"))));
            var conflict = Assert.Single((await scene.UpdateOneAsync()).Conflicts);
            Assert.Equal((20, 20), (Assert.Single(conflict.Lines).Local.First, conflict.Lines[0].Local.Last));

            var entry = await scene.UpdateOneAsync(new UpdateRequest { ResolveWith = takesUpstream ? ConflictResolution.Upstream : ConflictResolution.Local });

            Assert.Equal(UpdateStatus.Merged, entry.Status);
            Assert.Equal(Numbered(here, (5, "mine"), (20, takesUpstream ? "theirs" : "mine"), (35, "theirs")), scene.Read("skills/a/ref.md"));
        }

        static string Numbered(string ending, params (int Line, string Text)[] changes) =>
            string.Concat(Enumerable.Range(1, 40).Select(i => $"{i}. A line{string.Concat(changes.Where(change => change.Line == i).Select(change => $", {change.Text}"))}{ending}"));
    }

    [Fact]
    public async Task A_strategy_that_does_not_exist_is_refused()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => scene.UpdateAsync((UpdateStrategy)4));

        Assert.Equal(Skill("a"), scene.Read("skills/a/SKILL.md"));
    }

    [Fact]
    public async Task A_conflict_of_one_file_is_named_by_its_name()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("commands/c.md", "1\n"));
        await scene.AddAsync($"{Repo}/commands/c.md");
        scene.Write("commands/c.md", "mine\n");
        scene.Git.Commit("2", GitChange.Write("commands/c.md", "theirs\n"));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal(("c.md", "c.md", "c.md", "c.md"), Assert.Single(entry.Conflicts) is var one ? (one.Path, one.BasePath, one.LocalPath, one.UpstreamPath) : default);
        Assert.StartsWith("Conflict: c.md: ", entry.DescribeChanges(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artifact_that_equals_upstream_afterwards_is_updated_and_not_merged()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("commands/c.md", Lines("1", "2", "3")));
        await scene.AddAsync($"{Repo}/commands/c.md");
        scene.Write("commands/c.md", Lines("1", "mine", "3"));
        scene.Git.Commit("2", GitChange.Write("commands/c.md", Lines("1", "theirs", "3")));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { ResolveWith = ConflictResolution.Upstream });

        Assert.Equal((UpdateStatus.Updated, Lines("1", "theirs", "3")), (entry.Status, scene.Read("commands/c.md")));
    }

    [Fact]
    public async Task A_removed_artifacts_files_are_named_by_their_names()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/a/file", "1"), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Delete("skills/a/SKILL.md"), GitChange.Delete("skills/a/file"));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true });

        Assert.Equal(["SKILL.md", "file"], entry.Files.Select(file => file.Path));
        Assert.Equal("Remove, as upstream did", entry.DescribeChanges());
    }

    [Fact]
    public async Task Artifacts_of_which_one_has_moved_are_not_removed()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/one/SKILL.md", Skill("same")), GitChange.Write("skills/two/SKILL.md", Skill("same")));
        await scene.AddAsync($"{Repo}/skills/one", $"{Repo}/skills/two");
        scene.Git.Commit("2", GitChange.Move("skills/one", "skills/fresh"), GitChange.Delete("skills/two"));

        var result = await scene.UpdateAsync(new UpdateRequest { RemoveDeleted = true });

        Assert.All(result.Entries, entry => Assert.Equal((UpdateStatus.Skipped, ChangeType.Deleted), (entry.Status, entry.ChangeType)));
        Assert.All(result.Entries, entry => Assert.EndsWith("so it is the new place of none of them. It stays here.", entry.Reason, StringComparison.Ordinal));
        Assert.Equal((2, Skill("same"), Skill("same")), (result.Entries.Count, scene.Read("skills/one/SKILL.md"), scene.Read("skills/two/SKILL.md")));
    }

    [Fact]
    public async Task Files_that_are_gone_here_come_back_though_upstream_has_nothing_new()
    {
        await using var scene = await StartAsync();
        scene.Git.Tag("v1", scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("commands/c.md", "c\n")));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/commands/c.md@v1");
        Directory.Delete(scene.At("skills/a"), recursive: true);
        File.Delete(scene.At("commands/c.md"));

        var result = await scene.UpdateAsync();

        Assert.All(result.Entries, e => Assert.Equal((UpdateStatus.Updated, ChangeType.UpToDate, "Its files are gone here.", 1), (e.Status, e.ChangeType, e.Reason, e.FilesChanged)));
        Assert.Equal((Skill("a"), "c\n"), (scene.Read("skills/a/SKILL.md"), scene.Read("commands/c.md")));
        Assert.All((await scene.UpdateAsync()).Entries, e => Assert.Equal(UpdateStatus.Unchanged, e.Status));
        scene.AssertConsistent();
    }

    [Theory]
    [InlineData("", UpdateStrategy.Merge, null)]
    [InlineData("update-strategy = \"keep_local\"\n", UpdateStrategy.KeepLocal, null)]
    [InlineData("update-strategy = \"Take-Upstream\"\n", UpdateStrategy.TakeUpstream, null)]
    [InlineData("update-strategy = \"prompt\"\n", UpdateStrategy.Merge, "there is no console")]
    [InlineData("update-strategy = \"other\"\n", UpdateStrategy.Merge, "'other'")]
    public async Task The_configured_strategy_counts_where_nobody_names_one(string line, UpdateStrategy strategy, string? warning)
    {
        await using var scene = await StartAsync();
        scene.Write(Path.Combine(scene.Home, "config.toml"), $"[settings]\n{line}");

        var configured = ConfiguredStrategy.Of(scene.Open(), canAsk: false);

        Assert.Equal(strategy, configured.Strategy);
        Assert.Equal(warning is not null, configured.Warning?.Contains(warning!, StringComparison.Ordinal) ?? false);
        Assert.Equal(line.Contains("prompt", StringComparison.Ordinal) ? UpdateStrategy.Prompt : strategy, ConfiguredStrategy.Of(scene.Open(), canAsk: true).Strategy);
    }
}

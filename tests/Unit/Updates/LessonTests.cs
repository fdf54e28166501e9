using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;
using static SkillMeat.Tests.Updates.UpdateScene;
using FaultPlans = SkillMeat.Tests.LoopbackGitHub.Faults;

namespace SkillMeat.Tests.Updates;

/// <summary>Bugs of earlier tools that damaged users' files; each was reproduced with Python SkillMeat.</summary>
public sealed class LessonTests
{
    [Fact]
    public async Task A_merge_keeps_all_files_that_nobody_changed()
    {
        await using var scene = await StartAsync();
        var rest = Enumerable.Range(1, 12).Select(i => GitChange.Write($"skills/a/part {i}/file-{i}.md", $"{i}"));
        scene.Git.Commit("1", [GitChange.Write("skills/a/SKILL.md", Skill("a", "one\ntwo\nthree\nfour\n")), .. rest]);
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("skills/a/SKILL.md", Skill("a", "ONE\ntwo\nthree\nfour\n"));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "one\ntwo\nthree\nFOUR\n")));

        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(13, Directory.GetFiles(scene.At("skills/a"), "*", SearchOption.AllDirectories).Length);
        Assert.All(Enumerable.Range(1, 12), i => Assert.Equal($"{i}", scene.Read($"skills/a/part {i}/file-{i}.md")));
    }

    [Fact]
    public async Task Manifest_and_lock_file_name_the_same_commit_after_every_update()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("commands/c.md", "1"));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/commands/c.md");
        foreach (var strategy in new[] { UpdateStrategy.Merge, UpdateStrategy.TakeUpstream })
        {
            var commit = scene.Git.Commit($"{strategy}", GitChange.Write("skills/a/SKILL.md", Skill("a", $"{strategy}")), GitChange.Write("commands/c.md", $"{strategy}"));
            await scene.UpdateAsync(strategy);
            foreach (var file in new[] { "collection.toml", "collection.lock" })
            {
                Assert.Equal(2, scene.Read(file).Split($"resolved_sha = \"{commit}\"").Length - 1);
                Assert.Equal(2, scene.Read(file).Split($"/tree/{commit}/").Length - 1);
            }
        }
    }

    [Theory]
    [InlineData("description:")]
    [InlineData("author:\ntags:\nlicense: ''")]
    [InlineData("author: ~\nmetadata:\nallowed-tools:")]
    public async Task A_key_of_the_front_matter_without_a_value_is_no_value(string keys)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", $"---\nname: a\n{keys}\n---\n"));

        var added = Assert.Single(await scene.AddAsync($"{Repo}/skills/a"));

        Assert.True(added.Status == AddStatus.Added, added.Reason);
        Assert.Equal(["skill:a"], CollectionStore.Open(scene.Home).Read().Artifacts.Select(artifact => artifact.ArtifactId));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", $"---\nname: a\n{keys}\n---\n2\n"));
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
        Assert.DoesNotContain("None", scene.Read("collection.toml"), StringComparison.Ordinal);
        scene.AssertConsistent();
    }

    [Fact]
    public async Task An_artifact_that_cannot_be_added_leaves_no_files()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/README.md", "b"));
        var before = scene.Describe();

        var entries = await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b");

        Assert.Equal([AddStatus.Skipped, AddStatus.Error], entries.Select(entry => entry.Status));
        Assert.Contains("SKILL.md", entries[1].Reason, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task A_rate_limit_is_an_error_of_each_and_changes_nothing_that_is_known()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));
        var before = scene.Describe();
        scene.Server.Faults = FaultPlans.Always(Fault.PrimaryLimit());

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((UpdateStatus.Error, ErrorIds.UpstreamRateLimited), (entry.Status, entry.ErrorId));
        Assert.Equal(before, scene.Describe());
        scene.Server.Faults = null;
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
    }

    [Fact]
    public async Task A_collection_with_linked_artifacts_can_be_changed_and_keeps_them()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a");
        const string linked = "\n[[artifacts.linked_artifacts]]\nartifact_name = \"b\"\nartifact_type = \"skill\"\nlink_type = \"requires\" # mine\n";
        scene.Write("collection.toml", scene.Read("collection.toml") + linked);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));

        Assert.Equal(AddStatus.Added, Assert.Single(await scene.AddAsync($"{Repo}/skills/b")).Status);
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateAsync()).Entries[0].Status);

        Assert.Contains(linked, scene.Read("collection.toml"), StringComparison.Ordinal);
        Assert.Equal(2, CollectionStore.Open(scene.Home).Read().Artifacts.Count);
    }

    [Theory]
    [InlineData("commands/c.md")]
    [InlineData("agents/c.md")]
    public async Task An_artifact_of_one_file_is_merged_and_chosen_like_every_other(string path)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write(path, Lines("one", "two", "three", "four", "five", "six")));
        await scene.AddAsync($"{Repo}/{path}");
        scene.Write(path, Lines("ONE", "two", "three", "four", "five", "six"));
        scene.Git.Commit("2", GitChange.Write(path, Lines("one", "two", "three", "four", "five", "SIX")));

        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateOneAsync()).Status);
        Assert.Equal(Lines("ONE", "two", "three", "four", "five", "SIX"), scene.Read(path));

        scene.Git.Commit("3", GitChange.Write(path, Lines("eins", "two", "three", "four", "five", "SIX")));
        var store = scene.Open();
        using var session = scene.Connect(store);
        var updater = new ArtifactUpdater(store, session);
        using var planned = await updater.PlanAsync(new UpdateRequest { Strategy = UpdateStrategy.Merge }, listener: null, Cancellation);
        var conflict = Assert.Single(planned.Entries);
        Assert.Equal(UpdateStatus.Conflict, conflict.Status);
        using var chosen = planned.Choose([KeyValuePair.Create(conflict, UpdateStrategy.TakeUpstream)]);
        Assert.Equal(UpdateStatus.Updated, Assert.Single((await updater.ApplyAsync(chosen, Cancellation)).Entries).Status);
        Assert.Equal(Lines("eins", "two", "three", "four", "five", "SIX"), scene.Read(path));
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task Many_artifacts_of_a_repository_are_one_download_of_trees_and_one_of_files_without_its_history()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", [.. Enumerable.Range(1, 10).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", Skill($"s{i}")))]);
        await scene.AddAsync([.. Enumerable.Range(1, 10).Select(i => $"{Repo}/skills/s{i}")]);
        scene.Git.Commit("2", [.. Enumerable.Range(1, 10).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", Skill($"s{i}", "2")))]);
        scene.Server.Log.Clear();

        Assert.All((await scene.UpdateAsync()).Entries, entry => Assert.Equal(UpdateStatus.Updated, entry.Status));

        Assert.Equal((0, 2), (scene.Server.Log.Count(RequestKind.Archive), scene.Server.Log.Count(RequestKind.UploadPack)));
    }
}

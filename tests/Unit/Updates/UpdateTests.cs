using SkillMeat.Additions;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Additions from a real repository, and updates after all kinds of changes here and upstream.</summary>
public sealed class UpdateTests
{
    private static readonly string _numbers = Lines("one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_artifact_that_was_not_edited_becomes_that_of_upstream(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        var first = scene.Git.Commit("1",
            GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write("skills/pdf/gone.md", "gone"),
            GitChange.Write("skills/pdf/run.sh", "#!/bin/sh", executable: true),
            GitChange.Write("commands/review.md", "review\n"));
        var added = await scene.AddAsync($"{Repo}/skills/pdf", $"{Repo}/commands/review.md");
        Assert.Equal([AddStatus.Added, AddStatus.Added], added.Select(entry => entry.Status));
        Assert.Equal(["skill:pdf", "command:review"], added.Select(entry => entry.ArtifactId));
        scene.AssertConsistent();
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(scene.At("skills/pdf/run.sh")).HasFlag(UnixFileMode.UserExecute));
        var second = scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "more")), GitChange.Delete("skills/pdf/gone.md"), GitChange.Write("skills/pdf/new.md", "new"));

        var result = await scene.UpdateAsync();

        Assert.Equal([("skill:pdf", UpdateStatus.Updated, 3), ("command:review", UpdateStatus.Unchanged, 0)], result.Entries.Select(e => (e.ArtifactId, e.Status, e.FilesChanged)));
        Assert.Equal((first, second, ChangeType.Updated), (result.Entries[0].OldSha, result.Entries[0].NewSha, result.Entries[0].ChangeType));
        Assert.Equal(Skill("pdf", "more"), scene.Read("skills/pdf/SKILL.md"));
        Assert.Equal(["SKILL.md", "new.md", "run.sh"], Directory.GetFiles(scene.At("skills/pdf")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        scene.AssertConsistent();
        var artifact = CollectionStore.Open(scene.Home).Read().Find("pdf");
        Assert.Equal((second, ContentHash.Of(scene.At("skills/pdf"))), (artifact.ResolvedSha, artifact.ContentHash));
        Assert.Contains($"/tree/{second}/skills/pdf", artifact.Upstream, StringComparison.Ordinal);
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateAsync()).Entries[0].Status);

        await scene.Snapshots.RestoreAsync(null, result.Entries[0].SnapshotId!, [], TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal("gone", scene.Read("skills/pdf/gone.md"));
        Assert.Equal(first, CollectionStore.Open(scene.Home).Read().Find("pdf").ResolvedSha);
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateAsync()).Entries[0].Status);
    }

    [Fact]
    public async Task Local_edits_and_upstreams_are_merged_and_stay_local_edits_for_the_next_time()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a", _numbers)), GitChange.Write("skills/a/same.md", "same"));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("skills/a/SKILL.md", Skill("a", _numbers.Replace("one", "ONE", StringComparison.Ordinal)));
        scene.Write("skills/a/notes.md", "my own notes");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", _numbers.Replace("nine", "NINE", StringComparison.Ordinal))));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((UpdateStatus.Merged, 1), (entry.Status, entry.FilesChanged));
        Assert.Equal(Skill("a", _numbers.Replace("one", "ONE", StringComparison.Ordinal).Replace("nine", "NINE", StringComparison.Ordinal)), scene.Read("skills/a/SKILL.md"));
        Assert.Equal("my own notes", scene.Read("skills/a/notes.md"));

        // The edit still counts as an edit, and is merged again.
        scene.Git.Commit("3", GitChange.Write("skills/a/SKILL.md", Skill("a", _numbers.Replace("nine", "NINE", StringComparison.Ordinal).Replace("five", "FIVE", StringComparison.Ordinal))));
        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateOneAsync()).Status);
        Assert.Contains("ONE", scene.Read("skills/a/SKILL.md"), StringComparison.Ordinal);
        Assert.Contains("FIVE", scene.Read("skills/a/SKILL.md"), StringComparison.Ordinal);
        Assert.Equal("my own notes", scene.Read("skills/a/notes.md"));
    }

    [Fact]
    public async Task A_conflict_changes_nothing_names_the_lines_and_is_finished_by_a_choice()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a", _numbers)), GitChange.Write("skills/a/other.md", "1"), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b");
        scene.Write("skills/a/SKILL.md", Skill("a", _numbers.Replace("five", "mine", StringComparison.Ordinal).Replace("one", "ONE", StringComparison.Ordinal)));
        var second = scene.Git.Commit("2",
            GitChange.Write("skills/a/SKILL.md", Skill("a", _numbers.Replace("five", "theirs", StringComparison.Ordinal).Replace("nine", "NINE", StringComparison.Ordinal))),
            GitChange.Write("skills/a/other.md", "2"),
            GitChange.Write("skills/b/SKILL.md", Skill("b", "more")));
        var (before, manifest) = (scene.Describe(), scene.Read("collection.toml"));

        var result = await scene.UpdateAsync(new UpdateRequest { Filter = Only("a") });

        var conflict = Assert.Single(Assert.Single(result.Entries).Conflicts);
        Assert.Equal(UpdateStatus.Conflict, result.Entries[0].Status);
        Assert.Equal(("SKILL.md", ConflictKind.Content, "line 11"), (conflict.Path, conflict.Kind, Assert.Single(conflict.Lines).Local.ToString()));
        Assert.Equal(before, scene.Describe());
        Assert.Null(result.Entries[0].SnapshotId);

        // The other artifact is updated all the same.
        Assert.Equal([UpdateStatus.Conflict, UpdateStatus.Updated], (await scene.UpdateAsync()).Entries.Select(e => e.Status));
        var copy = CopyOf(scene);

        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateAsync(new UpdateRequest { Filter = Only("a"), ResolveWith = ConflictResolution.Upstream })).Entries[0].Status);
        // The choice applies only to the lines in conflict; the other edits of both sides stay.
        Assert.Equal(Skill("a", Lines("ONE", "two", "three", "four", "theirs", "six", "seven", "eight", "NINE")), scene.Read("skills/a/SKILL.md"));
        Assert.Equal("2", scene.Read("skills/a/other.md"));
        PutBack(scene, copy);

        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateAsync(new UpdateRequest { Filter = Only("a"), ResolveWith = ConflictResolution.Local })).Entries[0].Status);
        Assert.Equal(Skill("a", Lines("ONE", "two", "three", "four", "mine", "six", "seven", "eight", "NINE")), scene.Read("skills/a/SKILL.md"));
        Assert.Equal("2", scene.Read("skills/a/other.md"));
        Assert.Equal(second, CollectionStore.Open(scene.Home).Read().Find("a").ResolvedSha);
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateAsync(new UpdateRequest { Filter = Only("a") })).Entries[0].Status);
        PutBack(scene, copy);

        var merged = Path.Combine(scene.Place, "merged");
        Directory.CreateDirectory(merged);
        await File.WriteAllTextAsync(Path.Combine(merged, "SKILL.md"), Skill("a", "by hand"), Cancellation);
        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateAsync(new UpdateRequest { Filter = Only("a"), ResolveWith = ConflictResolution.Of(merged) })).Entries[0].Status);
        Assert.Equal(Skill("a", "by hand"), scene.Read("skills/a/SKILL.md"));
        Assert.False(File.Exists(scene.At("skills/a/other.md")));
        var refused = await Assert.ThrowsAsync<SkillMeatException>(() => scene.UpdateAsync(new UpdateRequest { ResolveWith = ConflictResolution.Of(merged) }));
        Assert.Contains("A folder resolves the conflict of one artifact", refused.Message, StringComparison.Ordinal);
        Assert.NotEqual(manifest, scene.Read("collection.toml"));
    }

    [Theory]
    [InlineData(UpdateStrategy.Merge)]
    [InlineData(UpdateStrategy.TakeUpstream)]
    public async Task Files_that_exist_only_locally_survive_and_are_in_conflict_with_upstreams_of_that_name(UpdateStrategy strategy)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("skills/a/.env", "TOKEN=mine");
        scene.Write("skills/a/notes/today.md", "mine");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync(new UpdateRequest { Strategy = strategy })).Status);
        Assert.Equal(("TOKEN=mine", "mine", Skill("a", "2")), (scene.Read("skills/a/.env"), scene.Read("skills/a/notes/today.md"), scene.Read("skills/a/SKILL.md")));

        scene.Git.Commit("3", GitChange.Write("skills/a/.env", "TOKEN=example"), GitChange.Write("skills/a/SKILL.md", Skill("a", "3")));
        var entry = await scene.UpdateOneAsync(new UpdateRequest { Strategy = strategy });
        Assert.Equal((UpdateStatus.Conflict, ".env", ConflictKind.AddAdd), (entry.Status, Assert.Single(entry.Conflicts).Path, entry.Conflicts[0].Kind));
        Assert.Equal("TOKEN=mine", scene.Read("skills/a/.env"));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync(new UpdateRequest { Strategy = strategy, Clean = true })).Status);
        Assert.Equal("TOKEN=example", scene.Read("skills/a/.env"));
        Assert.False(Directory.Exists(scene.At("skills/a/notes")));
    }

    [Fact]
    public async Task Taking_upstream_replaces_edits_of_what_was_fetched()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/a/unchanged.md", "1"), GitChange.Write("skills/a/deleted.md", "1"), GitChange.Write("skills/a/x.md", "1"));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("skills/a/SKILL.md", "edited");
        scene.Write("skills/a/unchanged.md", "edited");
        File.Delete(scene.At("skills/a/deleted.md"));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")), GitChange.Delete("skills/a/x.md"));

        Assert.Equal((UpdateStatus.Updated, 4), ((await scene.UpdateOneAsync(new UpdateRequest { Strategy = UpdateStrategy.TakeUpstream })) is var entry ? (entry.Status, entry.FilesChanged) : default));

        Assert.Equal((Skill("a", "2"), "1", "1"), (scene.Read("skills/a/SKILL.md"), scene.Read("skills/a/unchanged.md"), scene.Read("skills/a/deleted.md")));
        Assert.False(File.Exists(scene.At("skills/a/x.md")));
    }

    [Fact]
    public async Task Keeping_local_changes_nothing()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));
        var before = scene.Describe();
        Assert.Equal(UpdateStatus.KeptLocal, (await scene.UpdateOneAsync(new UpdateRequest { Strategy = UpdateStrategy.KeepLocal })).Status);
        Assert.Equal(before, scene.Describe());
        Assert.Empty(scene.Snapshots.List(null).Snapshots);
    }

    [Fact]
    public async Task A_dry_run_shows_the_diff_and_writes_nothing()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a", _numbers)));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", _numbers.Replace("five", "FIVE", StringComparison.Ordinal))), GitChange.Write("skills/a/new.md", "new"));
        var before = Support.FileTree.Describe(scene.Home);

        var entry = await scene.UpdateOneAsync(new UpdateRequest { DryRun = true });

        Assert.Equal((UpdateStatus.Updated, true), (entry.Status, entry.DryRun));
        Assert.Equal(
            "--- a/SKILL.md\n+++ b/SKILL.md\n@@ -8,7 +8,7 @@\n two\n three\n four\n-five\n+FIVE\n six\n seven\n eight\n",
            entry.Files.Single(file => file.Path == "SKILL.md").Diff);
        Assert.Equal("--- /dev/null\n+++ b/new.md\n@@ -0,0 +1 @@\n+new\n\\ No newline at end of file\n", entry.Files.Single(file => file.Path == "new.md").Diff);
        Assert.Equal(before, Support.FileTree.Describe(scene.Home));
    }

    [Fact]
    public async Task A_moved_artifact_follows_and_a_deleted_one_stays_unless_it_is_to_go()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b");
        var second = scene.Git.Commit("2", GitChange.Delete("skills/a/SKILL.md"), GitChange.Write("packages/x/skills/a/SKILL.md", Skill("a")), GitChange.Delete("skills/b/SKILL.md"));

        var entries = (await scene.UpdateAsync()).Entries;

        Assert.Equal([(ChangeType.Moved, UpdateStatus.Updated), (ChangeType.Deleted, UpdateStatus.Skipped)], entries.Select(e => (e.ChangeType, e.Status)));
        Assert.Contains("It stays here", entries[1].Reason, StringComparison.Ordinal);
        var collection = CollectionStore.Open(scene.Home).Read();
        Assert.EndsWith($"/tree/{second}/packages/x/skills/a", collection.Find("a").Upstream, StringComparison.Ordinal);
        Assert.True(File.Exists(scene.At("skills/b/SKILL.md")));

        entries = (await scene.UpdateAsync(new UpdateRequest { RemoveDeleted = true })).Entries;
        Assert.Equal((UpdateStatus.Removed, ChangeType.Deleted, true), (entries[1].Status, entries[1].ChangeType, entries[1].ChangesArtifact()));
        Assert.False(Directory.Exists(scene.At("skills/b")));
        Assert.Equal(["skill:a"], CollectionStore.Open(scene.Home).Read().Artifacts.Select(a => a.ArtifactId));
        await scene.Snapshots.RestoreAsync(null, entries[1].SnapshotId!, ["b"], TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(Skill("b"), scene.Read("skills/b/SKILL.md"));
    }

    [Fact]
    public async Task A_pin_is_left_only_for_a_version_that_is_asked_for()
    {
        await using var scene = await StartAsync();
        var first = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        scene.Git.Tag("v1.0.0", first);
        await scene.AddAsync($"{Repo}/skills/a@v1.0.0");
        Assert.Equal(("v1.0.0", "v1.0.0"), CollectionStore.Open(scene.Home).Read().Find("a") is var a ? (a.Ref, a.ResolvedVersion) : default);
        var second = scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));
        scene.Git.Tag("v2.0.0", second);

        var entry = await scene.UpdateOneAsync();
        Assert.Equal((UpdateStatus.Unchanged, "It is pinned to the tag v1.0.0."), (entry.Status, entry.Reason));

        entry = await scene.UpdateOneAsync(new UpdateRequest { Version = "v2.0.0" });
        Assert.Equal((UpdateStatus.Updated, second), (entry.Status, entry.NewSha));
        var updated = CollectionStore.Open(scene.Home).Read().Find("a");
        Assert.Equal(("v2.0.0", "v2.0.0", second), (updated.Ref, updated.ResolvedVersion, updated.ResolvedSha));
        Assert.Equal(Skill("a", "2"), scene.Read("skills/a/SKILL.md"));
    }

    [Fact]
    public async Task Several_collections_are_one_transaction_with_a_snapshot_each()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await CollectionStore.Open(scene.Home).CreateAsync("work", TimeSpan.FromSeconds(30), Cancellation);
        await scene.AddAsync($"{Repo}/skills/a");
        await scene.AddAsync("work", [$"{Repo}/skills/b"]);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")), GitChange.Write("skills/b/SKILL.md", Skill("b", "2")));
        scene.Server.Log.Clear();

        var result = await scene.UpdateAsync(new UpdateRequest { Collections = ["work", "default"] });

        Assert.Equal([("work", "skill:b"), ("default", "skill:a")], result.Entries.Select(e => (e.Collection, e.ArtifactId)));
        Assert.All(result.Entries, e => Assert.NotNull(e.SnapshotId));
        Assert.Equal((Skill("a", "2"), Skill("b", "2")), (scene.Read("skills/a/SKILL.md"), scene.Read("skills/b/SKILL.md", "work")));
        // The trees, and their new files.
        Assert.Equal((0, 2), (scene.Server.Log.Count(RequestKind.Archive), scene.Server.Log.Count(RequestKind.UploadPack)));
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task The_origin_of_local_files_is_found_without_a_baseline_of_ours()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("commands/c.md", _numbers));
        await scene.AddAsync($"{Repo}/commands/c.md");
        // As if Python SkillMeat had added it.
        Directory.Delete(Path.Combine(scene.Home, "baselines"), recursive: true);
        scene.Write("commands/c.md", _numbers.Replace("one", "ONE", StringComparison.Ordinal));
        scene.Git.Commit("2", GitChange.Write("commands/c.md", _numbers.Replace("nine", "NINE", StringComparison.Ordinal)));

        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(_numbers.Replace("one", "ONE", StringComparison.Ordinal).Replace("nine", "NINE", StringComparison.Ordinal), scene.Read("commands/c.md"));
    }

    [Fact]
    public async Task A_folder_is_an_upstream_too()
    {
        await using var scene = await StartAsync();
        var source = Path.Combine(scene.Place, "own", "skills", "a");
        Directory.CreateDirectory(source);
        await File.WriteAllTextAsync(Path.Combine(source, "SKILL.md"), Skill("a", _numbers), Cancellation);
        Assert.Equal(AddStatus.Added, Assert.Single(await scene.AddAsync("./own/skills/a")).Status);
        scene.Write("skills/a/SKILL.md", Skill("a", _numbers.Replace("one", "ONE", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(Path.Combine(source, "SKILL.md"), Skill("a", _numbers.Replace("nine", "NINE", StringComparison.Ordinal)), Cancellation);
        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateOneAsync()).Status);
        Assert.Contains("ONE", scene.Read("skills/a/SKILL.md"), StringComparison.Ordinal);
        Assert.Contains("NINE", scene.Read("skills/a/SKILL.md"), StringComparison.Ordinal);
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
    }

    private static string CopyOf(UpdateScene scene)
    {
        var copy = Path.Combine(scene.Place, $"copy-{Guid.NewGuid():N}");
        CopyFolder(scene.Home, copy);
        return copy;
    }

    private static void PutBack(UpdateScene scene, string copy)
    {
        Directory.Delete(scene.Home, recursive: true);
        CopyFolder(copy, scene.Home);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

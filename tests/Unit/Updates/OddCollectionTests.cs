using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Removals;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Snapshots;
using SkillMeat.Updates;
using Xunit;
using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Collections in odd states, left by people, editors and other programs: everything possible is done, the rest is reported, and no files get lost.</summary>
public sealed class OddCollectionTests
{
    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_folder_that_became_a_file_and_a_file_that_became_a_folder_are_errors_and_stay()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("commands/c.md", "c\n"), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/commands/c.md", $"{Repo}/skills/b");
        Directory.Delete(scene.At("skills/a"), recursive: true);
        scene.Write("skills/a", "mine");
        File.Delete(scene.At("commands/c.md"));
        scene.Write("commands/c.md/inner.md", "mine too");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")), GitChange.Write("commands/c.md", "c2\n"), GitChange.Write("skills/b/SKILL.md", Skill("b", "2")));

        var entries = (await scene.UpdateAsync()).Entries;

        Assert.Equal([UpdateStatus.Error, UpdateStatus.Error, UpdateStatus.Updated], entries.Select(entry => entry.Status));
        Assert.Equal(["It is a file here and a folder upstream.", "It is a folder here and a file upstream."], entries.Take(2).Select(entry => entry.Reason));
        Assert.Equal(("mine", "mine too", Skill("b", "2")), (scene.Read("skills/a"), scene.Read("commands/c.md/inner.md"), scene.Read("skills/b/SKILL.md")));
    }

    [Fact]
    public async Task Files_that_are_gone_come_back_with_an_update_and_are_no_obstacle_to_a_removal()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b")), GitChange.Write("commands/c.md", "c\n"));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b", $"{Repo}/commands/c.md");
        Directory.Delete(scene.At("skills"), recursive: true);
        Directory.Delete(scene.At("commands"), recursive: true);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")), GitChange.Write("commands/c.md", "c2\n"));

        Assert.All((await scene.UpdateAsync()).Entries, entry => Assert.Equal(UpdateStatus.Updated, entry.Status));

        Assert.Equal((Skill("a", "2"), "c2\n"), (scene.Read("skills/a/SKILL.md"), scene.Read("commands/c.md")));
        Assert.Equal(Skill("b"), scene.Read("skills/b/SKILL.md"));
        Directory.Delete(scene.At("skills/b"), recursive: true);
        await RemoveAsync(scene, "b");
        Assert.Equal(["skill:a", "command:c"], CollectionStore.Open(scene.Home).Read().Artifacts.Select(artifact => artifact.ArtifactId));
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task A_manifest_written_on_Windows_is_updated_where_its_paths_lead()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("collection.toml", scene.Read("collection.toml").Replace("\"skills/a\"", "'skills\\a'", StringComparison.Ordinal));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(Skill("a", "2"), scene.Read("skills/a/SKILL.md"));
        Assert.Contains("path = 'skills\\a'", scene.Read("collection.toml"), StringComparison.Ordinal);
        Assert.Equal(["skills"], Directory.GetDirectories(scene.Folder).Select(Path.GetFileName));
        await RemoveAsync(scene, "a");
        Assert.False(Directory.Exists(scene.At("skills/a")));
    }

    [Fact]
    public async Task A_lock_file_that_is_gone_is_made_anew()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a", "one")), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a");
        File.Delete(scene.At("collection.lock"));
        scene.Write("skills/a/mine.md", "mine");
        var second = scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "two")));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        Assert.Equal((Skill("a", "two"), "mine"), (scene.Read("skills/a/SKILL.md"), scene.Read("skills/a/mine.md")));
        Assert.Contains($"resolved_sha = \"{second}\"", scene.Read("collection.lock"), StringComparison.Ordinal);
        File.Delete(scene.At("collection.lock"));
        Assert.Equal(AddStatus.Added, Assert.Single(await scene.AddAsync($"{Repo}/skills/b")).Status);
        File.Delete(scene.At("collection.lock"));
        await RemoveAsync(scene, "a", "b");
        Assert.Empty(CollectionStore.Open(scene.Home).Read().Artifacts);
        scene.AssertNothingLeft();
    }

    [Theory]
    [InlineData("./skills/a")]
    [InlineData("skills//a/")]
    [InlineData("skills\\\\a")]
    public async Task However_a_path_is_written_its_files_are_updated_restored_and_removed(string path)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a", "one\ntwo\nthree\nfour\n")), GitChange.Write("skills/a/stays.md", "stays"));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("collection.toml", scene.Read("collection.toml").Replace("path = \"skills/a\"", $"path = \"{path}\"", StringComparison.Ordinal));
        scene.Write("skills/a/SKILL.md", Skill("a", "ONE\ntwo\nthree\nfour\n"));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "one\ntwo\nthree\nFOUR\n")));
        var before = SnapshotScene.Describe(scene.At("skills"));

        var updated = await scene.UpdateOneAsync();

        Assert.Equal(UpdateStatus.Merged, updated.Status);
        Assert.Equal(Skill("a", "ONE\ntwo\nthree\nFOUR\n"), scene.Read("skills/a/SKILL.md"));
        await scene.Snapshots.RestoreAsync(null, updated.SnapshotId!, ["a"], Patience, Cancellation);
        Assert.Equal(before, SnapshotScene.Describe(scene.At("skills")));
        await RemoveAsync(scene, "a");
        Assert.False(Directory.Exists(scene.At("skills/a")));
        Assert.Empty(CollectionStore.Open(scene.Home).Read().Artifacts);
    }

    [Fact]
    public async Task Names_that_differ_in_case_only_follow_upstream()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/a/Notes.md", "notes"), GitChange.Write("skills/a/Docs/x.md", "x"));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Move("skills/a/Notes.md", "skills/a/notes.md"), GitChange.Move("skills/a/Docs/x.md", "skills/a/docs/x.md"));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(["SKILL.md", "docs", "notes.md"], Directory.GetFileSystemEntries(scene.At("skills/a")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(("notes", "x"), (scene.Read("skills/a/notes.md"), scene.Read("skills/a/docs/x.md")));
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task An_artifact_behind_a_link_is_left_to_whose_it_is_and_only_the_link_is_removed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        await scene.AddAsync($"{Repo}/skills/a");
        var elsewhere = Path.Combine(scene.Place, "elsewhere");
        Directory.Move(scene.At("skills/a"), elsewhere);
        Directory.CreateSymbolicLink(scene.At("skills/a"), elsewhere);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "2")));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal(UpdateStatus.Error, entry.Status);
        Assert.StartsWith("'skills/a' in the collection is a link, so its files are outside the collection", entry.Reason, StringComparison.Ordinal);
        await RemoveAsync(scene, "a");
        Assert.False(Path.Exists(scene.At("skills/a")));
        Assert.Equal(Skill("a"), await File.ReadAllTextAsync(Path.Combine(elsewhere, "SKILL.md"), Cancellation));
    }

    [Fact]
    public async Task Links_in_an_artifact_come_change_and_go_as_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Symlink("skills/a/link.md", "SKILL.md"), GitChange.Symlink("skills/a/other.md", "SKILL.md"));
        await scene.AddAsync($"{Repo}/skills/a");
        Assert.Equal(Skill("a"), scene.Read("skills/a/link.md"));
        File.CreateSymbolicLink(scene.At("skills/a/mine"), "/nowhere");
        scene.Git.Commit("2", GitChange.Write("skills/a/new.md", "new"), GitChange.Symlink("skills/a/link.md", "new.md"), GitChange.Delete("skills/a/other.md"));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(("new", "/nowhere", false), (scene.Read("skills/a/link.md"), new FileInfo(scene.At("skills/a/mine")).LinkTarget, Path.Exists(scene.At("skills/a/other.md"))));
        await RemoveAsync(scene, "a");
        Assert.False(Directory.Exists(scene.At("skills/a")));
    }

    [Fact]
    public async Task An_empty_folder_makes_room_for_a_file_and_permissions_of_folders_stay()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/a/docs/x.md", "x"));
        await scene.AddAsync($"{Repo}/skills/a");
        Directory.CreateDirectory(scene.At("skills/a/new.md"));
        Directory.CreateDirectory(scene.At("skills/a/stays empty"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.At("skills/a/docs"), (UnixFileMode)0x1c0);
        scene.Git.Commit("2", GitChange.Write("skills/a/docs/x.md", "x2"), GitChange.Write("skills/a/new.md", "new"));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(("x2", "new"), (scene.Read("skills/a/docs/x.md"), scene.Read("skills/a/new.md")));
        Assert.True(Directory.Exists(scene.At("skills/a/stays empty")));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(scene.At("skills/a/docs")) == (UnixFileMode)0x1c0);
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task A_read_only_folder_in_an_artifact_goes_with_it()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/a/docs/x.md", "x"));
        await scene.AddAsync($"{Repo}/skills/a");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.At("skills/a/docs"), (UnixFileMode)0x16d);
        var before = SnapshotScene.Describe(scene.At("skills"));

        var removed = await RemoveAsync(scene, "a");

        Assert.False(Directory.Exists(scene.At("skills/a")));
        scene.AssertNothingLeft();
        await scene.Snapshots.RestoreAsync(null, removed.SnapshotId!, [], Patience, Cancellation);
        Assert.Equal(before, SnapshotScene.Describe(scene.At("skills")));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.At("skills/a/docs"), (UnixFileMode)0x1ed);
    }

    [Fact]
    public async Task Spaces_other_alphabets_and_long_names_are_names()
    {
        await using var scene = await StartAsync();
        var name = "größe und 日本 " + new string('x', 80);
        scene.Git.Commit("1", GitChange.Write($"skills/{name}/SKILL.md", Skill("a")), GitChange.Write($"skills/{name}/ sub folder/é.md", "1"));
        var added = Assert.Single(await scene.AddAsync($"{Repo}/skills/{name}"));
        Assert.True(added.Status == AddStatus.Added, added.Reason);
        scene.Git.Commit("2", GitChange.Write($"skills/{name}/ sub folder/é.md", "2"));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        Assert.Equal("2", scene.Read($"skills/{name}/ sub folder/é.md"));
        await RemoveAsync(scene, name);
        Assert.Empty(Directory.GetFileSystemEntries(scene.At("skills")));
    }

    [Fact]
    public async Task Windows_line_ends_stay_in_manifest_and_files()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a", "one\ntwo\nthree\nfour\n").Replace("\n", "\r\n", StringComparison.Ordinal)));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("collection.toml", scene.Read("collection.toml").Replace("\n", "\r\n", StringComparison.Ordinal));
        scene.Write("skills/a/SKILL.md", scene.Read("skills/a/SKILL.md").Replace("one", "ONE", StringComparison.Ordinal));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Skill("a", "one\ntwo\nthree\nFOUR\n").Replace("\n", "\r\n", StringComparison.Ordinal)));

        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(Skill("a", "ONE\ntwo\nthree\nFOUR\n").Replace("\n", "\r\n", StringComparison.Ordinal), scene.Read("skills/a/SKILL.md"));
        Assert.DoesNotContain("\n", scene.Read("collection.toml").Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_in_which_another_artifact_lies_are_not_removed()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b");
        Directory.Move(scene.At("skills/b"), scene.At("skills/a/b"));
        scene.Write("collection.toml", scene.Read("collection.toml").Replace("path = \"skills/b\"", "path = \"skills/a/b\"", StringComparison.Ordinal));
        var before = scene.Describe();

        var error = await Assert.ThrowsAsync<SkillMeatException>(() => RemoveAsync(scene, "a"));

        Assert.Equal((ErrorIds.InvalidArgument, "Cannot remove the files of skill:a: they contain skill:b at 'skills/a/b'. Remove both, or keep the files."), (error.ErrorId, error.Message));
        Assert.Equal(before, scene.Describe());
        await new ArtifactRemover(scene.Open()).RemoveAsync(new RemoveRequest { Artifacts = ["a", "b"] }, Cancellation);
        Assert.Empty(Directory.GetFileSystemEntries(scene.At("skills")));
    }

    [Fact]
    public async Task Artifacts_whose_folders_differ_only_in_case_are_removed_together()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b");
        Assert.SkipWhen(Directory.Exists(scene.At("SKILLS")), "the file system ignores case");
        Directory.Move(scene.At("skills/b"), scene.At("skills/A"));
        scene.Write("collection.toml", scene.Read("collection.toml").Replace("\"skills/b\"", "\"skills/A\"", StringComparison.Ordinal));

        await RemoveAsync(scene, "a", "b");

        Assert.Empty(Directory.GetFileSystemEntries(scene.At("skills")));
    }

    private static async Task<RemovedArtifact> RemoveAsync(UpdateScene scene, params string[] names) =>
        (await new ArtifactRemover(scene.Open()).RemoveAsync(new RemoveRequest { Artifacts = names }, Cancellation))[0];
}

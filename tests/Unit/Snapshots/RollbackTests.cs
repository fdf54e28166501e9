using System.Text;
using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

/// <summary>A refresh can be undone to the byte, and so can the undoing.</summary>
public sealed class RollbackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refresh_that_changes_something_makes_exactly_one_snapshot_and_leaves_the_originals_list_alone()
    {
        using var home = TestHome.WithSkills(3);
        home.Write(Path.Combine(home.Snapshots, "snapshots.toml"), "[[snapshots]]\nid = \"20260101-000000-000000\"\n");
        home.Write(Path.Combine(home.Snapshots, "20260101-000000-000000.tar.gz"), "not ours");
        var theirs = new FileInfo(Path.Combine(home.Snapshots, "snapshots.toml")).LastWriteTimeUtc;

        var id = await RefreshAsync(home);

        Assert.Equal(
            ["20260101-000000-000000.tar.gz", $"{id}.state.json.gz", "snapshots.toml"],
            Directory.GetFileSystemEntries(home.Snapshots).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.Equal("[[snapshots]]\nid = \"20260101-000000-000000\"\n", await File.ReadAllTextAsync(Path.Combine(home.Snapshots, "snapshots.toml"), Cancellation));
        Assert.Equal(theirs, new FileInfo(Path.Combine(home.Snapshots, "snapshots.toml")).LastWriteTimeUtc);
        Assert.Equal([(id, "pre-refresh", 3), ("20260101-000000-000000", "manual", 0)], await ListAsync(home));
        (await home.RunAsync("collection", "rollback", "--yes", "--snapshot", "20260101-000000-000000")).Fails("this archive was refused");
        (await home.RunAsync("collection", "rollback", "--yes", "--snapshot", "20260101-000000-000001")).Fails("no snapshot '20260101-000000-000001'", $"The newest is {id}.");
    }

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    public async Task A_rollback_restores_every_byte_and_its_safety_snapshot_undoes_it(string newLine, bool hasMark)
    {
        using var home = TestHome.WithSkills(2);
        var text = "# above, ünïcödé\n\n" + await File.ReadAllTextAsync(home.Manifest, Cancellation) + "\n# below  \n[unknown]\nlast = { key = 1979-05-27T07:32:00Z } # mine";
        var original = Encoding.UTF8.GetBytes((hasMark ? "\ufeff" : "") + text.Replace("\n", newLine, StringComparison.Ordinal));
        home.Write(home.Manifest, original);
        home.Write(home.LockFile, Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(home.LockFile, Cancellation)).Replace("\n", newLine, StringComparison.Ordinal) + "# odd\t"));
        var pinned = await File.ReadAllBytesAsync(home.LockFile, Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(home.Manifest, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var id = await RefreshAsync(home);
        var refreshed = await File.ReadAllBytesAsync(home.Manifest, Cancellation);
        Assert.NotEqual(original, refreshed);
        home.Write(home.LockFile, "# edited since\n");

        var back = (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes", "--format", "json")).Succeeds();
        Assert.Empty(back.Error);
        Assert.Equal(["collection", "snapshot_id", "safety_snapshot_id", "artifact_count", "verified", "warnings", "changed_paths", "changed_artifacts"], back.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["collection.lock", "collection.toml"], Texts(back.Json, "changed_paths"));
        Assert.Equal(["skill:a1", "skill:a2"], Texts(back.Json, "changed_artifacts"));
        Assert.Equal(original, await File.ReadAllBytesAsync(home.Manifest, Cancellation));
        Assert.Equal(pinned, await File.ReadAllBytesAsync(home.LockFile, Cancellation));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(home.Manifest));

        var safety = back.Json.GetProperty("safety_snapshot_id").GetString()!;
        Assert.Equal([(safety, "pre-rollback", 2), (id, "pre-refresh", 2)], await ListAsync(home));
        (await home.RunAsync("collection", "rollback", "--snapshot", safety, "--yes")).Succeeds();
        Assert.Equal(refreshed, await File.ReadAllBytesAsync(home.Manifest, Cancellation));
        Assert.Equal("# edited since\n", await File.ReadAllTextAsync(home.LockFile, Cancellation));
    }

    [Fact]
    public async Task A_rollback_to_what_is_there_already_writes_nothing()
    {
        using var home = TestHome.WithSkills(1);
        var id = await RefreshAsync(home);
        (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes")).Succeeds();
        var before = home.Tree("locks");
        var run = (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes", "--format", "json")).Succeeds();
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("safety_snapshot_id").ValueKind);
        Assert.Equal(before, home.Tree("locks"));
    }

    [Fact]
    public async Task A_lock_file_that_was_not_there_goes_and_comes_back_with_the_undoing()
    {
        using var home = TestHome.WithSkills(1);
        var pinned = await File.ReadAllBytesAsync(home.LockFile, Cancellation);
        File.Delete(home.LockFile);
        var id = await RefreshAsync(home);
        Assert.False(File.Exists(home.LockFile));
        home.Write(home.LockFile, pinned);

        var safety = (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes", "--format", "json")).Succeeds().Json.GetProperty("safety_snapshot_id").GetString()!;

        Assert.False(File.Exists(home.LockFile));
        (await home.RunAsync("collection", "rollback", "--snapshot", safety, "--yes")).Succeeds();
        Assert.Equal(pinned, await File.ReadAllBytesAsync(home.LockFile, Cancellation));
    }

    [Fact]
    public async Task Artifacts_added_since_are_named_and_their_files_stay()
    {
        using var home = TestHome.WithSkills(1);
        var id = await RefreshAsync(home);
        home.Write(home.At("collections", "default", "commands", "later.md"), "later");
        await File.AppendAllTextAsync(home.Manifest, "\n[[artifacts]]\nname = \"later\"\ntype = \"command\"\npath = \"commands/later.md\"\norigin = \"local\"\nadded = \"2026-02-01T00:00:00\"\n", Cancellation);
        Directory.Delete(home.At("collections", "default", "skills", "a1"), recursive: true);

        var run = (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes")).Succeeds();

        Assert.Equal(2, run.ErrorLines.Length);
        Assert.Matches("^warning: .*command:later", run.ErrorLines[0]);
        Assert.Matches("^warning: .*without files: skill:a1", run.ErrorLines[1]);
        Assert.Equal("later", await File.ReadAllTextAsync(home.At("collections", "default", "commands", "later.md"), Cancellation));
    }

    public static TheoryData<string, byte[]> BrokenManifests => new()
    {
        { "no TOML", "this [ is broken"u8.ToArray() },
        { "empty", [] },
        { "not UTF-8", [0xFF, 0xFE, 0x00, 0x5B] },
        { "a missing key", "[collection]\nname = \"default\"\n[[artifacts]]\nname = \"a\"\n"u8.ToArray() },
        { "a path that leaves", "[collection]\nname = \"default\"\n[[artifacts]]\nname = \"a\"\ntype = \"skill\"\npath = \"../a\"\norigin = \"local\"\nadded = \"x\"\n"u8.ToArray() },
    };

    [Theory, MemberData(nameof(BrokenManifests))]
    public async Task A_broken_manifest_is_rolled_back_and_its_bytes_can_be_had_again(string what, byte[] broken)
    {
        using var home = TestHome.WithSkills(2);
        var original = await File.ReadAllBytesAsync(home.Manifest, Cancellation);
        var id = await RefreshAsync(home);
        home.Write(home.Manifest, broken);
        home.Write(home.LockFile, "also [ broken");

        Assert.Equal(id, Assert.Single(await ListAsync(home)).Id);
        var safety = (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes", "--format", "json")).Succeeds().Json.GetProperty("safety_snapshot_id").GetString()!;
        Assert.Equal(original, await File.ReadAllBytesAsync(home.Manifest, Cancellation));

        var undone = (await home.RunAsync("collection", "rollback", "--snapshot", safety, "--yes")).Succeeds();
        Assert.True(broken.SequenceEqual(await File.ReadAllBytesAsync(home.Manifest, Cancellation)), what);
        Assert.Equal("also [ broken", await File.ReadAllTextAsync(home.LockFile, Cancellation));
        Assert.Contains("warning: ", Assert.Single(undone.ErrorLines), StringComparison.Ordinal);
        (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes")).Succeeds();
        Assert.Equal(original, await File.ReadAllBytesAsync(home.Manifest, Cancellation));
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("yes\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    [InlineData("maybe\n", false)]
    public async Task A_rollback_asks_and_only_yes_means_yes(string answer, bool isDone)
    {
        using var home = TestHome.WithSkills(1);
        var original = await File.ReadAllBytesAsync(home.Manifest, Cancellation);
        var id = await RefreshAsync(home);
        var before = home.Tree();

        var run = await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = answer }, "collection", "rollback", "--snapshot", id);

        Assert.StartsWith($"Restore 'default' from snapshot {id}? [y/N] ", run.Error, StringComparison.Ordinal);
        Assert.Equal(isDone ? 0 : 1, run.ExitCode);
        if (isDone)
        {
            Assert.Equal(original, await File.ReadAllBytesAsync(home.Manifest, Cancellation));
            return;
        }

        Assert.Contains("nothing was changed", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.OutputBytes);
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_a_rollback_wants_to_be_told()
    {
        using var home = TestHome.WithSkills(1);
        var id = await RefreshAsync(home);
        var before = home.Tree();
        (await home.RunAsync(new SkmSurroundings { Input = "y\n" }, "collection", "rollback", "--snapshot", id)).Fails("--yes");
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task Snapshots_are_listed_newest_first_page_by_page()
    {
        using var home = TestHome.WithSkills(1);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await RefreshAsync(home, $"Text {i}"));

        Assert.Equal(ids, (await ListAsync(home)).Select(s => s.Id));
        Assert.Equal(ids[..2], (await ListAsync(home, "--first", "2")).Select(s => s.Id));
        Assert.Equal(ids[2..4], (await ListAsync(home, "--skip", "2", "--first", "2")).Select(s => s.Id));
        Assert.Equal(ids[4..], (await ListAsync(home, "--skip", "4", "--limit", "2")).Select(s => s.Id));
        Assert.Empty(await ListAsync(home, "--skip", "5"));
        Assert.Empty(await ListAsync(home, "--skip", "2147483647"));
        Assert.Contains("2 of 5; --skip 3 shows more.", (await home.RunAsync("collection", "snapshots", "--skip", "1", "--first", "2")).Succeeds().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("shows more", (await home.RunAsync("collection", "snapshots", "--skip", "3")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("collection", "create", "other")).Succeeds();
        Assert.Empty(await ListAsync(home, "-c", "other"));
    }

    [Theory]
    [InlineData("0", 3, 1)]
    [InlineData("1", 3, 1)]
    [InlineData("2", 4, 2)]
    [InlineData("5", 3, 3)]
    [InlineData(null, 22, 20)]
    public async Task The_newest_snapshots_are_kept_as_many_as_configured_and_at_least_one(string? kept, int refreshes, int expected)
    {
        using var home = TestHome.WithSkills(1);
        if (kept is not null) home.Write(home.Config, $"[settings]\nkeep-automatic-snapshots = {kept}\n");
        home.Write(Path.Combine(home.Snapshots, "20250101-000000-000000.tar.gz"), "the original's");
        home.Write(Path.Combine(home.Snapshots, "notes.state.json.gz"), "somebody's own");
        var ids = new List<string>();
        for (var i = 0; i < refreshes; i++) ids.Insert(0, await RefreshAsync(home, $"Text {i}"));

        Assert.Equal(ids[..expected], (await ListAsync(home)).Select(s => s.Id));
        Assert.Equal(expected + 2, Directory.GetFiles(home.Snapshots).Length);
        (await home.RunAsync("collection", "rollback", "--snapshot", ids[expected - 1], "--yes")).Succeeds();
        Assert.Equal(expected + 1, (await ListAsync(home)).Count);
    }

    [Fact]
    public async Task A_clock_that_goes_back_loses_no_snapshot_of_this_moment()
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Config, "[settings]\nkeep-automatic-snapshots = 1\n");
        var clock = new ManualTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var first = await RefreshAsync(home, "One", clock);
        var same = await RefreshAsync(home, "Two", clock);
        Assert.Equal(("20300101-000000-000000", "20300101-000000-000001"), (first, same));
        var before = await File.ReadAllBytesAsync(home.Manifest, Cancellation);
        var earlier = await RefreshAsync(home, "Three", new ManualTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Contains(earlier, (await ListAsync(home)).Select(s => s.Id));
        (await home.RunAsync("collection", "rollback", "--snapshot", earlier, "--yes")).Succeeds();
        Assert.Equal(before, await File.ReadAllBytesAsync(home.Manifest, Cancellation));
    }

    private static string[] Texts(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static async Task<string> RefreshAsync(TestHome home, string description = "New text", TimeProvider? time = null)
    {
        home.WriteUpstream("skills/a1/SKILL.md", $"---\nname: a1\ndescription: {description}\n---\n");
        var run = (await home.RunAsync(new SkmSurroundings { Time = time }, "collection", "refresh", "--format", "json")).Succeeds();
        return run.Json.GetProperty("snapshot_id").GetString() ?? throw new InvalidOperationException($"No snapshot: {run.Output}");
    }

    private static async Task<List<(string Id, string Kind, int Count)>> ListAsync(TestHome home, params string[] options) =>
        (await home.RunAsync(["collection", "snapshots", "--format", "json", .. options])).Succeeds().Json.EnumerateArray()
        .Select(s => (s.GetProperty("id").GetString()!, s.GetProperty("kind").GetString()!, s.GetProperty("artifact_count").GetInt32())).ToList();
}

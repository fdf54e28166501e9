using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm snapshot</c>: the contract with scripts, and the prompts for people.</summary>
public sealed class SnapshotCommandTests
{
    [Fact]
    public async Task New_ones_are_listed_newest_first_and_shown()
    {
        using var home = TestHome.Sample();
        var first = await TakeAsync(home, "--message", "before experiments");
        var second = await TakeAsync(home);
        (await home.RunAsync("collection", "refresh")).Succeeds();

        var list = (await home.RunAsync("snapshot", "list", "--format", "json")).Succeeds().Json.EnumerateArray().ToList();

        Assert.Equal(["pre-refresh", "manual", "manual"], list.Select(s => Text(s, "kind")));
        Assert.Equal([second, first], list.Skip(1).Select(s => Text(s, "id")));
        Assert.Equal(["id", "kind", "created_at", "message", "artifact_count", "size_bytes", "content_bytes", "collection", "problem", "snapshot_id"], Keys(list[0]));
        Assert.Equal([second], (await home.RunAsync("snapshot", "list", "--skip", "1", "--take", "1", "--format", "json")).Succeeds().Json.EnumerateArray().Select(s => Text(s, "id")));
        Assert.Contains("1 of 3; --skip 2 shows more.", (await home.RunAsync("snapshot", "list", "--skip", "1", "--take", "1")).Succeeds().Output, StringComparison.Ordinal);
        var shown = (await home.RunAsync("snapshot", "show", first, "--format", "json")).Succeeds().Json;
        Assert.Equal(("before experiments", 4), (Text(shown, "message"), shown.GetProperty("artifact_count").GetInt32()));
        Assert.Matches("Message +before experiments", (await home.RunAsync("snapshot", "show", first)).Succeeds().Output);
    }

    [Fact]
    public async Task Both_lists_say_the_same_each_in_its_own_order()
    {
        using var home = TestHome.Sample();
        await TakeAsync(home);
        var one = (await home.RunAsync("snapshot", "list", "--format", "json")).Succeeds().Json[0];
        var other = (await home.RunAsync("collection", "snapshots", "--format", "json")).Succeeds().Json[0];
        Assert.Equal(Sorted(other), Sorted(one));
        Assert.Equal(["id", "kind", "collection", "created_at", "message", "artifact_count", "size_bytes", "content_bytes", "problem", "snapshot_id"], Keys(other));
    }

    [Fact]
    public async Task A_whole_collection_comes_back_and_the_restore_can_be_undone()
    {
        using var home = TestHome.Sample();
        var id = await TakeAsync(home);
        var before = Collection(home);
        home.Write(SkillFile(home, "pdf-tools"), "spoilt");
        Directory.Delete(home.At("collections", "default", "commands"), recursive: true);
        var spoilt = Collection(home);

        var result = (await home.RunAsync("snapshot", "restore", id, "--yes", "--format", "json")).Succeeds().Json;

        Assert.Equal(before, Collection(home));
        Assert.Equal(["collection", "snapshot_id", "safety_snapshot_id", "artifact_count", "verified", "warnings", "changed_paths", "changed_artifacts"], Keys(result));
        Assert.Equal(["commands", "skills/pdf-tools"], result.GetProperty("changed_paths").EnumerateArray().Select(p => p.GetString()!).Order(StringComparer.Ordinal));
        (await home.RunAsync("snapshot", "restore", Text(result, "safety_snapshot_id")!, "--yes")).Succeeds();
        Assert.Equal(spoilt, Collection(home));
    }

    [Fact]
    public async Task Only_the_named_artifacts_come_back()
    {
        using var home = TestHome.Sample();
        var id = await TakeAsync(home);
        var kept = await File.ReadAllTextAsync(SkillFile(home, "pdf-tools"), TestContext.Current.CancellationToken);
        home.Write(SkillFile(home, "pdf-tools"), "spoilt");
        home.Write(SkillFile(home, "meeting-notes"), "mine");

        var run = (await home.RunAsync("snapshot", "restore", id, "--artifact", "skill:pdf-tools", "--yes")).Succeeds();

        Assert.Equal(kept, await File.ReadAllTextAsync(SkillFile(home, "pdf-tools"), TestContext.Current.CancellationToken));
        Assert.Equal("mine", await File.ReadAllTextAsync(SkillFile(home, "meeting-notes"), TestContext.Current.CancellationToken));
        Assert.Matches($"^skill:pdf-tools of 'default' is as in snapshot {id}, read back and compared\\. Snapshot [0-9-]{{22}} undoes this\\.", run.Output);
        Assert.Contains(
            $"pdf-tools, changelog of 'default' are as in snapshot {id} already; nothing was written.",
            (await home.RunAsync("snapshot", "restore", id, "-a", "pdf-tools", "-a", "changelog", "--yes")).Succeeds().Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restore ID", "A restore needs confirmation, and there is no console to prompt on. Pass --yes")]
    [InlineData("remove ID", "A removal needs confirmation, and there is no console to prompt on. Pass --yes")]
    public async Task A_command_that_can_be_regretted_asks_first(string command, string error)
    {
        using var home = TestHome.Sample();
        var id = await TakeAsync(home);
        home.Write(SkillFile(home, "pdf-tools"), "spoilt");
        string[] arguments = ["snapshot", .. command.Replace("ID", id, StringComparison.Ordinal).Split(' ')];
        var before = home.Tree("locks", "cache");

        (await home.RunAsync(arguments)).Fails(error);
        var refused = await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "n\n" }, arguments);

        Assert.Equal((1, true), (refused.ExitCode, refused.Error.EndsWith("warning: nothing was changed.\n", StringComparison.Ordinal)));
        Assert.Contains($"{id}", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, home.Tree("locks", "cache"));
        (await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "y\n" }, arguments)).Succeeds();
        Assert.NotEqual(before, home.Tree("locks", "cache"));
    }

    [Fact]
    public async Task Damage_is_found_and_is_exit_code_1()
    {
        using var home = TestHome.Sample();
        var sound = await TakeAsync(home);
        var damaged = await TakeAsync(home);
        Assert.Contains("2 of 2 can be restored.", (await home.RunAsync("snapshot", "verify", "--all")).Succeeds().Output, StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(home.Snapshots, $"*{damaged}*"));
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))[..^9], TestContext.Current.CancellationToken);

        var checks = (await home.RunAsync("snapshot", "verify", "--all", "--format", "json")).Succeeds(1).Json.EnumerateArray().ToDictionary(c => Text(c, "id")!);

        Assert.All(checks.Values, c => Assert.Equal(["id", "collection", "is_sound", "object_count", "size_bytes", "problems", "snapshot_id"], Keys(c)));
        Assert.True(checks[sound].GetProperty("is_sound").GetBoolean());
        Assert.Contains(damaged, Assert.Single(checks[damaged].GetProperty("problems").EnumerateArray()).GetString(), StringComparison.Ordinal);
        (await home.RunAsync("snapshot", "verify", sound, sound)).Succeeds();
        Assert.Contains("1 of 2 can be restored.", (await home.RunAsync("snapshot", "verify", damaged, sound)).Succeeds(1).Output, StringComparison.Ordinal);
        (await home.RunAsync("snapshot", "show", damaged)).Succeeds(1);
        (await home.RunAsync("snapshot", "restore", damaged, "--yes")).Fails("SnapshotCorrupt");
    }

    [Fact]
    public async Task Old_ones_go_by_count_or_age_and_those_made_by_hand_by_id_alone()
    {
        using var home = TestHome.Sample();
        var manual = await TakeAsync(home);
        for (var i = 0; i < 3; i++)
        {
            home.Write(SkillFile(home, "pdf-tools"), $"change {i}");
            (await home.RunAsync("snapshot", "restore", manual, "--yes")).Succeeds();
        }

        Assert.Contains("nothing was removed", (await home.RunAsync("snapshot", "remove", "--older-than", "1d")).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("nothing was removed", (await home.RunAsync("snapshot", "remove", "--keep-last", "3")).Succeeds().Output, StringComparison.Ordinal);
        var asked = await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "y\n" }, "snapshot", "remove", "--keep-last", "1");
        Assert.Contains("Removed 2 of the snapshots of 'default'.", asked.Succeeds().Output, StringComparison.Ordinal);
        var removed = (await home.RunAsync("snapshot", "remove", "--keep-last", "0", "--older-than", "0d", "--yes", "--format", "json")).Succeeds().Json;
        Assert.Equal("pre-restore", Text(Assert.Single(removed.EnumerateArray()), "kind"));
        Assert.Equal([manual], (await home.RunAsync("snapshot", "list", "--format", "json")).Succeeds().Json.EnumerateArray().Select(s => Text(s, "id")));
        (await home.RunAsync("snapshot", "remove", manual, "--yes")).Succeeds();
        Assert.Equal(0, (await home.RunAsync("snapshot", "list", "--format", "json")).Succeeds().Json.GetArrayLength());
    }

    [Fact]
    public async Task An_export_is_a_new_file_or_one_that_the_original_finds()
    {
        using var home = TestHome.Sample();
        var id = await TakeAsync(home);
        var target = Path.Combine(home.Place, "backup.tar.gz");

        var named = (await home.RunAsync("snapshot", "export", id, "--output", target, "--format", "json")).Succeeds().Json;
        var listed = (await home.RunAsync("snapshot", "export", id)).Succeeds().Output;

        Assert.Equal(["id", "collection", "path", "size_bytes", "is_listed", "snapshot_id"], Keys(named));
        Assert.Equal((target, new FileInfo(target).Length, false), (Text(named, "path"), named.GetProperty("size_bytes").GetInt64(), named.GetProperty("is_listed").GetBoolean()));
        Assert.Contains("and listed for Python SkillMeat", listed, StringComparison.Ordinal);
        Assert.Contains(id, await File.ReadAllTextAsync(Path.Combine(home.Snapshots, "snapshots.toml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (await home.RunAsync("snapshot", "export", id, "-o", target)).Fails("already");
        (await home.RunAsync("snapshot", "export", id, "-o", "")).Fails("--output is empty");
    }

    [Fact]
    public async Task The_originals_snapshots_are_listed_verified_and_restored()
    {
        Assert.SkipWhen(SharedFolder.Find() is null, "the folder 'shared' with the home of Python SkillMeat is not beside the checkout");
        using var home = TestHome.None();
        var original = Path.Combine(SharedFolder.Find()!, "compat", "home", "user", ".skillmeat");
        foreach (var file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories))
        {
            home.Write(home.At(Path.GetRelativePath(original, file)), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        }

        var list = (await home.RunAsync("snapshot", "list", "--format", "json")).Succeeds().Json.EnumerateArray().ToList();

        Assert.Equal(["automatic", "automatic", "automatic", "manual"], list.Select(s => Text(s, "kind")));
        (await home.RunAsync("snapshot", "verify", "--all")).Succeeds();
        (await home.RunAsync("snapshot", "restore", Text(list[3], "id")!, "--yes")).Succeeds();
        (await home.RunAsync("snapshot", "restore", Text(list[0], "id")!, "--artifact", "command:review", "--yes")).Succeeds();
        (await home.RunAsync("snapshot", "export", Text(list[0], "id")!)).Fails("is already a tarball");
    }

    private static async Task<string> TakeAsync(TestHome home, params string[] arguments)
    {
        var taken = (await home.RunAsync(["snapshot", "new", "--format", "json", .. arguments])).Succeeds().Json;
        Assert.Equal(["id", "kind", "created_at", "message", "artifact_count", "size_bytes", "content_bytes", "collection", "problem", "warnings", "snapshot_id"], Keys(taken));
        return Text(taken, "id")!;
    }

    private static string SkillFile(TestHome home, string name) => home.At("collections", "default", "skills", name, "SKILL.md");

    private static string Collection(TestHome home) => string.Join('\n', Directory.EnumerateFiles(home.At("collections"), "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}"));

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string> Sorted(JsonElement element) => element.EnumerateObject().Select(p => $"{p.Name}={p.Value}").Order(StringComparer.Ordinal);
}

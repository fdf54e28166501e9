using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>Real processes that use one home at the same time.</summary>
public sealed class ProcessesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_that_refresh_choose_and_make_collections_at_once_lose_nothing()
    {
        using var home = TestHome.WithSkills(12);
        var pinned = await File.ReadAllBytesAsync(home.LockFile, Cancellation);
        home.Write(home.Config, "# mine\n[settings]\ndefault-collection = \"default\"\ngithub-token = \"\"\n");
        home.Write(home.At("collections", "work", "collection.toml"), "[collection]\nname = \"work\"\n");

        var refreshes = Enumerable.Range(1, 12).Select(i => SkmProcess.RunAsync(Cancellation, "collection", "refresh", "-c", "default", "--name", $"a{i}", "--format", "json", "--home", home.Home)).ToList();
        var uses = new[] { "work", "default", "work" }.Select(name => SkmProcess.RunAsync(Cancellation, "collection", "use", name, "--home", home.Home)).ToList();
        var creates = Enumerable.Range(1, 3).Select(i => SkmProcess.RunAsync(Cancellation, "collection", "create", $"new{i}", "--home", home.Home)).ToList();
        var runs = await Task.WhenAll(refreshes.Concat(uses).Concat(creates));

        Assert.All(runs, r => r.Succeeds());
        Assert.All(runs, r => Assert.Empty(r.Error));
        var store = CollectionStore.Open(home.Home);
        Assert.Empty(store.Notices);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"New text of a{i}"), store.Read("default").Artifacts.Select(a => a.Description));
        Assert.Equal(["default", "new1", "new2", "new3", "work"], store.List().Select(c => c.Name));
        Assert.All(store.List(), c => Assert.Null(c.Problem));
        Assert.Matches("^# mine\n\\[settings]\ndefault-collection = \"(work|default)\"\ngithub-token = \"\"\n$", await File.ReadAllTextAsync(home.Config, Cancellation));
        Assert.Equal(pinned, await File.ReadAllBytesAsync(home.LockFile, Cancellation));
        // Each process saw the change of the one before it, so each had one change to make and one snapshot to take.
        var ids = (await Task.WhenAll(refreshes)).Select(r => r.Json.GetProperty("snapshot_id").GetString()!).ToList();
        Assert.Equal(12, ids.Distinct().Count());
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), new CollectionSnapshots(store).List("default").Snapshots.Select(s => s.SnapshotId));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(home.Home, "*", SearchOption.AllDirectories), p => Path.GetFileName(p).StartsWith(".skm-", StringComparison.Ordinal));
        Assert.False(Directory.Exists(home.At(".transactions")));

        var oldest = ids.Order(StringComparer.Ordinal).First();
        (await home.RunAsync("collection", "rollback", "-c", "default", "--snapshot", oldest, "--yes")).Succeeds();
        Assert.All(store.Read("default").Artifacts, a => Assert.Equal("Old text", a.Description));
    }

    [Fact]
    public async Task Whoever_does_not_want_to_wait_is_told_who_holds_the_lock()
    {
        using var home = TestHome.WithSkills(1);
        var id = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds().Json.GetProperty("snapshot_id").GetString()!;
        home.WriteUpstream("skills/a1/SKILL.md", "---\ndescription: Newer text\n---\n");
        using var holder = HostProcess.Start("hold", home.Home, "collection 'default'");
        Assert.Equal("held", await holder.Output.ReadLineAsync(Cancellation));
        var before = home.Tree("cache", "locks");

        foreach (var command in new[] { "collection refresh", $"collection rollback --yes --snapshot {id}" })
        {
            (await home.RunAsync([.. command.Split(' '), "--lock-timeout", "0", "--format", "json"])).Fails(
                "collection 'default' is locked by SkillMeat.Tests", $"(process {holder.Id} on {Environment.MachineName})", "[LockTimeout]");
        }

        (await home.RunAsync("collection", "refresh", "--check-only", "--lock-timeout", "0")).Succeeds(2);
        (await home.RunAsync("collection", "refresh", "--dry-run", "--lock-timeout", "0")).Succeeds();
        (await home.RunAsync("collection", "create", "other", "--lock-timeout", "0")).Succeeds();
        Directory.Delete(home.At("collections", "other"), recursive: true);
        Assert.Equal(WithoutFolderTimes(before), WithoutFolderTimes(home.Tree("cache", "locks")));
        await holder.KillAsync(Cancellation);
        (await home.RunAsync("collection", "refresh", "--lock-timeout", "0")).Succeeds();
    }

    [Fact]
    public async Task Whoever_waits_gets_the_lock_when_its_holder_is_done()
    {
        using var home = TestHome.WithSkills(1);
        (await home.RunAsync("collection", "create", "other")).Succeeds();
        using var holder = HostProcess.Start("hold", home.Home, "home");
        Assert.Equal("held", await holder.Output.ReadLineAsync(Cancellation));
        (await home.RunAsync("collection", "use", "other", "--lock-timeout", "0")).Fails("home is locked by SkillMeat.Tests", $"(process {holder.Id} on {Environment.MachineName})");
        var waiting = Task.Run(() => home.RunAsync("collection", "use", "other", "--lock-timeout", "60"), Cancellation);
        await Task.Delay(100, Cancellation);
        Assert.False(waiting.IsCompleted);
        await holder.KillAsync(Cancellation);
        (await waiting).Succeeds();
        Assert.Equal("other", CollectionStore.Open(home.Home).ActiveCollection);
    }

    [Theory]
    [InlineData(0, "warning: An interrupted change was rolled back.")]
    [InlineData(1, "warning: An interrupted change was finished.")]
    public async Task Whoever_comes_after_a_dead_process_is_told_what_became_of_its_change(int phase, string expected)
    {
        // The journal moves on at the point of no return and at the end.
        using var rehearsal = TestHome.None();
        Scenario.Prepare(rehearsal.Home);
        var faults = new Faults();
        await Scenario.RunAsync(rehearsal.Home, faults, Cancellation);
        var lastStep = faults.Steps.Select((s, i) => (s.Step, Number: i + 1)).Where(s => s.Step == StorageStep.MoveJournal).ElementAt(phase).Number;

        using var home = TestHome.None();
        Scenario.Prepare(home.Home);
        Assert.NotEqual(0, await HostProcess.RunAsync(Cancellation, "transact", home.Home, lastStep.ToString(CultureInfo.InvariantCulture)));
        Assert.True(Directory.Exists(home.At(".transactions")), "it did not die within a transaction");
        home.Write(home.At("collections", "other", "collection.toml"), "[collection]\nname = \"other\"\n");

        var before = home.Tree();
        var reader = await home.RunAsync("list", "-c", "other", "--format", "json");
        Assert.Equal("warning: A change was interrupted. The next command that changes this home, or a repair, finishes it or takes it back.", reader.ErrorLines[0]);
        Assert.Equal(before, home.Tree());

        var first = await home.RunAsync("collection", "use", "other");

        // The scenario's files are not TOML, so only the message counts here.
        Assert.Equal(expected, first.ErrorLines[0]);
        Assert.False(Directory.Exists(home.At(".transactions")));
        Assert.DoesNotContain("warning", (await home.RunAsync("list", "-c", "other")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_after_a_dead_process_leaves_its_change_to_others()
    {
        using var rehearsal = TestHome.None();
        Scenario.Prepare(rehearsal.Home);
        var faults = new Faults();
        await Scenario.RunAsync(rehearsal.Home, faults, Cancellation);
        var lastStep = faults.Steps.Select((s, i) => (s.Step, Number: i + 1)).First(s => s.Step == StorageStep.MoveJournal).Number;
        using var home = TestHome.None();
        Scenario.Prepare(home.Home);
        Assert.NotEqual(0, await HostProcess.RunAsync(Cancellation, "transact", home.Home, lastStep.ToString(CultureInfo.InvariantCulture)));
        home.Write(home.At("collections", "other", "collection.toml"), "[collection]\nname = \"other\"\n");
        var before = home.Tree();

        var store = CollectionStore.OpenToRead(home.Home);

        Assert.StartsWith("A change was interrupted.", Assert.Single(store.Notices), StringComparison.Ordinal);
        // The scenario's files are not TOML, so there is nothing else to read.
        Assert.Contains("other", store.ListNames());
        Assert.Equal(before, home.Tree());
        Assert.StartsWith("An interrupted change was rolled back", Assert.Single(CollectionStore.Open(home.Home).Notices), StringComparison.Ordinal);
        Assert.Empty(CollectionStore.OpenToRead(home.Home).Notices);
    }

    private static IEnumerable<string> WithoutFolderTimes(string tree) => tree.Split('\n').Where(l => !l.Contains("/ ", StringComparison.Ordinal));
}

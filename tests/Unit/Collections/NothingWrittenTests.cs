using System.Globalization;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>Commands that only read leave no trace: no file, no folder, no changed time.</summary>
public sealed class NothingWrittenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("collection refresh --check-only", 2)]
    [InlineData("collection refresh --check-only --name nothing-fits", 1)]
    [InlineData("collection refresh --dry-run", 0)]
    [InlineData("collection refresh --dry-run --fields tags", 0)]
    [InlineData("collection refresh --fields help", 0)]
    [InlineData("collection list", 0)]
    [InlineData("collection show", 0)]
    [InlineData("collection snapshots", 0)]
    [InlineData("list", 0)]
    [InlineData("show pdf-tools", 0)]
    public async Task Looking_writes_nothing_at_all(string command, int exitCode)
    {
        using var home = TestHome.Sample();
        var before = home.Tree();
        (await home.RunAsync(command.Split(' '))).Succeeds(exitCode);
        Assert.Equal(before, home.Tree());
    }

    [Theory]
    [InlineData("snapshot list", 0)]
    [InlineData("snapshot show ID", 0)]
    [InlineData("snapshot verify --all", 0)]
    [InlineData("snapshot verify ID", 0)]
    [InlineData("update --all --dry-run", 0)]
    [InlineData("remove pdf-tools --dry-run", 0)]
    [InlineData("repair --dry-run", 0)]
    public async Task Looking_at_a_home_with_a_snapshot_writes_nothing_either(string command, int exitCode)
    {
        using var home = TestHome.Sample();
        var id = (await home.RunAsync("snapshot", "new", "--format", "json")).Succeeds().Json.GetProperty("id").GetString()!;
        foreach (var folder in new[] { "locks", "cache" })
        {
            if (Directory.Exists(home.At(folder))) Directory.Delete(home.At(folder), recursive: true);
        }

        var before = home.Tree();
        (await home.RunAsync(command.Replace("ID", id, StringComparison.Ordinal).Split(' '))).Succeeds(exitCode);
        Assert.Equal(before, home.Tree());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_interrupted_change_is_told_and_left_by_whoever_only_looks(int phase)
    {
        using var home = TestHome.Sample();
        using var rehearsal = home.Copy();
        var faults = new Faults();
        await new OperationScenario(rehearsal.Home, rehearsal.Place, faults).RunAsync(OperationNames.Snapshot, Cancellation);
        var step = faults.Steps.Select((s, i) => (s.Step, Number: i + 1)).Where(s => s.Step == StorageStep.MoveJournal).ElementAt(phase).Number;
        Assert.NotEqual(0, await HostProcess.RunAsync(Cancellation, "operate", home.Home, step.ToString(CultureInfo.InvariantCulture), OperationNames.Snapshot, home.Place));
        Assert.True(Directory.Exists(home.At(".transactions")), "it did not die within a transaction");
        var before = home.Tree();
        foreach (var command in new[]
        {
            "list", "show pdf-tools", "collection list", "collection show", "collection snapshots", "collection refresh --check-only", "collection refresh --dry-run",
            "snapshot list", "snapshot verify --all", "update --all --dry-run", "remove pdf-tools --dry-run", "repair --dry-run", "doctor",
        })
        {
            var run = await home.RunAsync(command.Split(' '));

            Assert.Equal(before, home.Tree());
            Assert.Contains("interrupted", run.Error, StringComparison.Ordinal);
            // The doctor finds errors, because it is offline.
            Assert.True(run.ExitCode != 1 || command == "doctor", $"{command}: {run.Error}");
        }
    }

    [Fact]
    public async Task A_refresh_that_changes_nothing_writes_nothing_but_the_cache_once()
    {
        using var home = TestHome.Sample();
        var before = home.Tree("cache");
        (await home.RunAsync("collection", "refresh", "--name", "pdf-tools")).Succeeds();
        Assert.Equal(before, home.Tree("cache"));
        var withCache = home.Tree();
        (await home.RunAsync("collection", "refresh", "--name", "pdf-tools")).Succeeds();
        Assert.Equal(withCache, home.Tree());
    }

    [Fact]
    public async Task A_second_refresh_writes_nothing()
    {
        using var home = TestHome.Sample();
        (await home.RunAsync("collection", "refresh")).Succeeds();
        var before = home.Tree();
        var run = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds();
        Assert.Equal(before, home.Tree());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Json.GetProperty("snapshot_id").ValueKind);
    }

    [Fact]
    public async Task A_refresh_touches_the_manifest_and_no_other_file_of_the_collection()
    {
        using var home = TestHome.Sample();
        var before = home.Tree("cache", "locks", "snapshots").Split('\n');
        (await home.RunAsync("collection", "refresh")).Succeeds();
        var changed = home.Tree("cache", "locks", "snapshots").Split('\n').Except(before).Select(l => l.Split(' ')[0]);
        Assert.Equal(["home/collections/default/", "home/collections/default/collection.toml"], changed.Order(StringComparer.Ordinal));
    }
}

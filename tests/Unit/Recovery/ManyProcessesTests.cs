using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Recovery;

/// <summary>Many processes change one collection at once, and nothing gets lost.</summary>
public sealed class ManyProcessesTests : IDisposable
{
    private readonly string _place = TryFolder.Create("skm-many-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Home => Path.Combine(_place, "home");

    private string Upstream => Path.Combine(_place, "upstream");

    [Fact]
    public async Task Fifty_processes_that_add_an_artifact_each_add_fifty()
    {
        var store = await MakeAsync();

        await RunAsync(Enumerable.Range(1, 50).Select(number => new[] { "add-one", Home, Text(number), Upstream }));

        var files = store.ReadFiles(HomeConfig.DefaultCollectionName);
        Assert.Equal(50, files.Manifest.Count);
        Assert.Equal(50, files.LockFile.Entries.Count);
        Assert.Equal(50, Directory.GetDirectories(Path.Combine(Home, "collections", "default", "skills")).Length);
        await AssertSoundAsync(store);
    }

    [Fact]
    public async Task Twenty_processes_that_take_a_snapshot_each_take_twenty()
    {
        var store = await MakeAsync();
        await RunAsync([["add-one", Home, "1", Upstream]]);

        await RunAsync(Enumerable.Range(1, 20).Select(number => new[] { "snapshot-one", Home, Text(number), Upstream }));

        var listed = new CollectionSnapshots(store).List(null).Snapshots;
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"by {number}").Order(StringComparer.Ordinal), listed.Select(snapshot => snapshot.Message).Order(StringComparer.Ordinal));
        await AssertSoundAsync(store);
    }

    [Fact]
    public async Task Processes_that_add_remove_update_restore_and_clean_up_at_once_lose_nothing()
    {
        var store = await MakeAsync();

        await RunAsync(Enumerable.Range(1, 6).Select(number => new[] { "mix", Home, Text(number), Upstream, "15" }));

        Assert.NotEmpty(new CollectionSnapshots(store).List(null).Snapshots);
        await AssertSoundAsync(store);
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Task<CollectionStore> MakeAsync()
    {
        Directory.CreateDirectory(Upstream);
        return CollectionStore.InitializeAsync(Home, TimeSpan.FromSeconds(30), cancellationToken: Cancellation);
    }

    private static async Task RunAsync(IEnumerable<string[]> processes)
    {
        var hosts = processes.Select(HostProcess.Start).ToList();
        try
        {
            foreach (var host in hosts) Assert.True(await host.WaitAsync(Cancellation) == 0, host.Errors);
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }

    private async Task AssertSoundAsync(CollectionStore store)
    {
        var files = store.ReadFiles(HomeConfig.DefaultCollectionName);
        Assert.Equal(files.Manifest.Ids.Select(id => id.LockKey).Order(StringComparer.Ordinal), files.LockFile.Entries.Keys.Order(StringComparer.Ordinal));
        var folders = Directory.GetDirectories(Path.Combine(Home, "collections", "default", "skills")).Select(folder => $"skills/{Path.GetFileName(folder)}");
        Assert.Equal(files.Manifest.Paths.Select(path => path.Path).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        foreach (var artifact in store.Read().Artifacts) Assert.Equal(artifact.ContentHash, ContentHash.Of(Path.Combine(Home, "collections", "default", artifact.Path)));
        var snapshots = new CollectionSnapshots(store);
        foreach (var snapshot in snapshots.List(null, take: int.MaxValue).Snapshots)
        {
            var check = await snapshots.VerifyAsync(null, snapshot.SnapshotId, Cancellation);
            Assert.True(check.IsSound, $"{snapshot.SnapshotId} {snapshot.Kind} {snapshot.Message}: {string.Join('\n', check.Problems)}");
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Home, ".skm-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }), _ => true);
        Assert.False(Directory.Exists(Path.Combine(Home, ".transactions")));
        Assert.Empty(Directory.GetFiles(Path.Combine(Home, "objects"), "*.tmp"));
    }
}

using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Recovery;

/// <summary>A copy of a template's home for one try.</summary>
internal sealed class OperationHome : IDisposable
{
    private readonly OperationTemplate _template;
    private readonly string _place = TryFolder.Create("skm-try-");

    public OperationHome(OperationTemplate template, string home)
    {
        _template = template;
        Path = System.IO.Path.Combine(_place, "home");
        TreeCopy.Make(home, Path);
    }

    public string Path { get; }

    public string State() => HomeState.Read(Path);

    public Task RunAsync(IStorageFaults? faults, CancellationToken cancellationToken) =>
        new OperationScenario(Path, _template.Upstream, faults).RunAsync(_template.Operation, cancellationToken);

    /// <summary>Opens the home, which recovers it, and asserts that it is as before the operation or as after it.</summary>
    /// <returns>Whether it is as after it.</returns>
    public bool Settle(string situation)
    {
        var notices = CollectionStore.Open(Path).Notices;
        var settled = notices.Where(notice => notice.StartsWith("An interrupted change was finished", StringComparison.Ordinal) || notice.StartsWith("An interrupted change was rolled back", StringComparison.Ordinal));
        Assert.True(settled.Count() == notices.Count, $"{situation}: {string.Join('\n', notices)}");
        var state = State();
        if (state == _template.After) return true;
        Assert.True(state == _template.Before, $"{situation}, and then the home was neither old nor new; from old to what is there:\n{HomeState.Difference(_template.Before, state)}");
        return false;
    }

    /// <summary>Asserts that an operation that was not done can be run again, and that nothing is left of the first attempt.</summary>
    public async Task FinishAsync(bool isDone, string situation, CancellationToken cancellationToken)
    {
        if (!isDone) await RunAsync(faults: null, cancellationToken);
        var difference = HomeState.Difference(_template.After, State());
        Assert.True(difference.Length == 0, $"{situation}, and then again: from what it should be to what is there\n{difference}");
        WriteObject();
        await AssertSoundAsync($"{situation}, and then again", cancellationToken);
        var left = Directory.EnumerateFileSystemEntries(Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Where(IsLeftover).ToList();
        Assert.True(left.Count == 0, $"{situation}: left over\n{string.Join('\n', left)}");
    }

    /// <summary>Asserts that manifest, lock file and files agree, and that every listed snapshot can be restored.</summary>
    public async Task AssertSoundAsync(string situation, CancellationToken cancellationToken)
    {
        var store = CollectionStore.Open(Path);
        var snapshots = new CollectionSnapshots(store);
        foreach (var name in store.ListNames())
        {
            var files = store.ReadFiles(name);
            Assert.Equal(files.Manifest.Ids.Select(id => id.LockKey).Order(StringComparer.Ordinal), files.LockFile.Entries.Keys.Order(StringComparer.Ordinal));
            foreach (var snapshot in snapshots.List(name).Snapshots)
            {
                var check = await snapshots.VerifyAsync(name, snapshot.SnapshotId, cancellationToken);
                Assert.True(snapshot.Problem is null && check.IsSound, $"{situation}: snapshot {snapshot.SnapshotId} {snapshot.Problem} {string.Join(' ', check.Problems)}");
            }
        }
    }

    public void Dispose() => TreeCopy.Delete(_place);

    private static bool IsLeftover(string path) => System.IO.Path.GetFileName(path) is var name
        && (name.StartsWith(".skm-", StringComparison.Ordinal) || name == ".transactions" || (name.EndsWith(".tmp", StringComparison.Ordinal) && System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)) == "objects"));

    // The next write of any kind removes the leftovers of a dead writer.
    private void WriteObject()
    {
        using var writer = CollectionStore.Open(Path).Objects.BeginWrite();
        writer.AddBlob("one more"u8);
        writer.Commit();
    }
}

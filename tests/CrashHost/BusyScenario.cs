using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Removals;
using SkillMeat.Snapshots;
using SkillMeat.Updates;

namespace SkillMeat.Tests.CrashHost;

/// <summary>The work of one of many processes that change a home at the same time.</summary>
/// <param name="home">The home.</param>
/// <param name="upstream">The folder from which its artifacts come.</param>
/// <param name="number">The number of the process; no two processes change the same artifact.</param>
internal sealed class BusyScenario(string home, string upstream, int number)
{
    private const int MostOwn = 3;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Random _random = new(number);
    private readonly List<string> _own = [];
    private int _changes;

    public Task AddAsync() => AddAsync(Name(0));

    public async Task SnapshotAsync() => await new CollectionSnapshots(CollectionStore.Open(home)).TakeAsync(null, $"by {number}", _patience).ConfigureAwait(false);

    /// <summary>Adds, removes, updates, takes snapshots, restores and cleans up a number of times, in an order that differs for each process.</summary>
    public async Task MixAsync(int times)
    {
        await AddAsync(Name(0)).ConfigureAwait(false);
        for (var i = 1; i <= times; i++) await DoAsync(i).ConfigureAwait(false);
    }

    private async Task DoAsync(int time)
    {
        switch (_random.Next(7))
        {
            case 0 or 1 when _own.Count < MostOwn:
                await AddAsync(Name(time)).ConfigureAwait(false);
                break;
            case 2 when _own.Count > 1:
                await new ArtifactRemover(CollectionStore.Open(home)).RemoveAsync(new RemoveRequest { Artifacts = [_own[^1]], LockTimeout = _patience }).ConfigureAwait(false);
                _own.RemoveAt(_own.Count - 1);
                break;
            case 3:
                await SnapshotAsync().ConfigureAwait(false);
                break;
            case 4:
                await RestoreAsync().ConfigureAwait(false);
                break;
            case 5:
                await new ObjectCleanup(CollectionStore.Open(home)).CollectAsync(_patience, CancellationToken.None).ConfigureAwait(false);
                break;
            default:
                await UpdateAsync().ConfigureAwait(false);
                break;
        }
    }

    private string Name(int time) => $"s{number.ToString(CultureInfo.InvariantCulture)}-{time.ToString(CultureInfo.InvariantCulture)}";

    private async Task AddAsync(string name)
    {
        WriteUpstream(name);
        var store = CollectionStore.Open(home);
        using var session = OperationScenario.Connect(store);
        var request = new AddRequest { Artifacts = [new ArtifactAddition(Path.Combine(upstream, "skills", name))], BaseFolder = upstream, LockTimeout = _patience };
        var entry = (await new ArtifactAdder(store, session).AddAsync(request).ConfigureAwait(false))[0];
        if (entry.Status != AddStatus.Added) throw new SkillMeatException(entry.ErrorId!, $"{name}: {entry.Reason}");
        _own.Add(name);
    }

    private async Task UpdateAsync()
    {
        foreach (var name in _own) WriteUpstream(name);
        var store = CollectionStore.Open(home);
        using var session = OperationScenario.Connect(store);
        var result = await new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest { Filter = ArtifactFilter.Parse([], _own), LockTimeout = _patience }).ConfigureAwait(false);
        if (result.Entries.FirstOrDefault(entry => entry.Status != UpdateStatus.Updated) is { } failed) throw new SkillMeatException(failed.ErrorId ?? ErrorIds.InvalidData, $"{failed.Name}: {failed.Status} {failed.Reason}");
    }

    // Restores only its own artifacts, because the concurrent changes of other processes must not get lost.
    private async Task RestoreAsync()
    {
        var snapshots = new CollectionSnapshots(CollectionStore.Open(home));
        var taken = await snapshots.TakeAsync(null, $"by {number}", _patience).ConfigureAwait(false);
        await UpdateAsync().ConfigureAwait(false);
        await snapshots.RestoreAsync(null, taken.SnapshotId, _own, _patience).ConfigureAwait(false);
    }

    private void WriteUpstream(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(upstream, "skills", name)).FullName;
        File.WriteAllText(Path.Combine(folder, "SKILL.md"), $"---\nname: {name}\ndescription: Change {++_changes} of {number}\n---\n");
        // The same content in all processes, so that one may remove an object that another needs.
        File.WriteAllText(Path.Combine(folder, "shared.md"), $"change {_changes}");
    }
}

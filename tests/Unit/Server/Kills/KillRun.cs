using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Toml;
using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>Kills the service in the middle of a request, at several steps, and looks at what the next start finds.</summary>
internal sealed class KillRun(KillPlace place, KilledRequest request)
{
    private const int MostMilliseconds = 30;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly HashSet<string> _states = new(StringComparer.Ordinal) { place.Before };
    private readonly List<(StorageStep Step, string Path)> _steps = [];
    private string _after = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs the request without a kill, and then with one at each of the chosen steps.</summary>
    /// <param name="choose">Chooses steps, given their number. 0 stands for a kill right after the answer.</param>
    /// <returns>The number of steps and kills, and of kills in the middle of a change, which the next start had to finish or take back.</returns>
    public async Task<(int Steps, int Kills, int Settled)> RunAsync(Func<int, IEnumerable<int>> choose)
    {
        await RehearseAsync();
        var (kills, settled) = (0, 0);
        foreach (var step in choose(_steps.Count))
        {
            kills++;
            if (await KillAsync(step)) settled++;
        }

        return (_steps.Count, kills, settled);
    }

    /// <summary>Runs the request to its end. The states between its changes are those in which a lock is taken.</summary>
    private async Task RehearseAsync()
    {
        place.Restore();
        var isSent = false;
        var faults = new Faults((_, step, _) =>
        {
            if (isSent && step == StorageStep.OpenLock) Keep(place.State());
        });
        await using (var server = await KillServer.StartAsync(place.Home, faults))
        {
            lock (faults.Steps) faults.Steps.Clear();
            isSent = true;
            await SendAsync(server.Client);
            isSent = false;
            _steps.AddRange(faults.Steps);
        }

        _after = place.State();
        _states.Add(_after);
        Assert.True(_states.Count == 1 + request.Changes, $"{request.Name} has {_states.Count - 1} changes, not {request.Changes}:\n{string.Join("\n\n", _states.Skip(1).Select(state => HomeState.Difference(place.Before, state)))}");
    }

    private void Keep(string state)
    {
        if (!state.Contains("home/.transactions", StringComparison.Ordinal)) _states.Add(state);
    }

    private async Task<bool> KillAsync(int step)
    {
        place.Restore();
        var situation = $"{request.Name}, killed {(step == 0 ? "after the answer" : step > _steps.Count ? "at some time" : $"before step {step} ({_steps[step - 1]})")}";
        var isAnswered = await SendAndKillAsync(step);
        var isBroken = !_states.Contains(place.State());
        await using var server = await KillServer.StartAsync(place.Home);
        Assert.True(server.Log.All(line => line.StartsWith("warning: An interrupted change was", StringComparison.Ordinal)), $"{situation}: {string.Join('\n', server.Log)}");
        var state = place.State();
        Assert.True(_states.Contains(state), $"{situation}, and then: from old\n{HomeState.Difference(place.Before, state)}\nfrom new\n{HomeState.Difference(_after, state)}");
        Assert.True(!isAnswered || state == _after, $"{situation}: it was answered, and is lost\n{HomeState.Difference(_after, state)}");
        await AssertWholeAsync(server, situation);
        if (state == place.Before && request.Changes > 0)
        {
            await SendAsync(server.Client);
            Assert.True(HomeState.Difference(_after, place.State()).Length == 0, $"{situation}, and then again:\n{HomeState.Difference(_after, place.State())}");
        }

        return isBroken;
    }

    private async Task<bool> SendAndKillAsync(int step)
    {
        using var host = HostProcess.Start("serve", place.Home);
        var ready = (await host.Output.ReadLineAsync(Cancellation))?.Split(' ');
        Assert.True(ready is { Length: 2 }, $"{request.Name}: the service does not start: {host.Errors}");
        await host.Input.WriteLineAsync($"{(step > _steps.Count ? 0 : step)}");
        await host.Input.FlushAsync(Cancellation);
        Assert.Equal("armed", await host.Output.ReadLineAsync(Cancellation));
        using var client = new KillClient(ready[0], ready[1]);
        var sent = SendAsync(client);
        if (step > _steps.Count) await Task.WhenAny(sent, Task.Delay(step % MostMilliseconds, Cancellation));
        else await Task.WhenAny(sent, Task.Delay(_longest, Cancellation));
        await host.KillAsync(Cancellation);
        try
        {
            await sent;
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private Task<System.Text.Json.JsonElement> SendAsync(KillClient client) => client.SendAsync(request.Method, place.Fill(request.Path), request.Body is { } body ? place.Fill(body) : null);

    private async Task AssertWholeAsync(KillServer server, string situation)
    {
        foreach (var path in place.TomlFiles())
        {
            Assert.True(TomlynReader.Read(await File.ReadAllTextAsync(path, Cancellation)) is not null, $"{situation}: {path} cannot be read");
        }

        var list = await server.Client.GetAsync("collections");
        Assert.All(list.GetProperty("items").EnumerateArray(), one => Assert.False(one.TryGetProperty("problem", out var problem) && problem.ValueKind == System.Text.Json.JsonValueKind.String, $"{situation}: {one}"));
        var store = CollectionStore.Open(place.Home);
        var snapshots = new CollectionSnapshots(store);
        foreach (var name in store.ListNames())
        {
            var files = store.ReadFiles(name);
            Assert.Equal(files.Manifest.Ids.Select(id => id.LockKey).Order(StringComparer.Ordinal), files.LockFile.Entries.Keys.Order(StringComparer.Ordinal));
            foreach (var snapshot in snapshots.List(name, take: int.MaxValue).Snapshots)
            {
                var check = await snapshots.VerifyAsync(name, snapshot.SnapshotId, Cancellation);
                Assert.True(snapshot.Problem is null && check.IsSound, $"{situation}: snapshot {snapshot.SnapshotId} {snapshot.Problem} {string.Join(' ', check.Problems)}");
            }
        }
    }
}

using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Snapshots;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Recovery;

/// <summary>The prepared home of <see cref="OperationScenario"/>, copies of it to work on, and what an operation makes of one.</summary>
internal sealed class OperationScene : IDisposable
{
    private static readonly string[] _collections = [OperationScenario.First, OperationScenario.Second];

    private OperationScene(string place)
    {
        Place = place;
    }

    public string Place { get; }

    /// <summary>The state before, which is every operation's.</summary>
    public string Old => DescribeHome(Path.Combine(Place, "home"));

    public static async Task<OperationScene> PrepareAsync()
    {
        var scene = new OperationScene(Directory.CreateTempSubdirectory("skm-operations-").FullName);
        await OperationScenario.PrepareAsync(scene.Place);
        return scene;
    }

    /// <summary>A copy of the home, permissions and links included.</summary>
    public string NewHome()
    {
        var copy = Path.Combine(Place, $"run-{Guid.NewGuid():N}");
        CopyFolder(new DirectoryInfo(Path.Combine(Place, "home")), copy);
        return copy;
    }

    /// <summary>What an operation that nothing disturbs takes for steps, and what it leaves.</summary>
    public async Task<(string New, IReadOnlyList<(StorageStep Step, string Path)> Steps)> ObserveAsync(string operation)
    {
        var home = NewHome();
        var faults = new Faults();
        await OperationScenario.RunAsync(Place, home, operation, faults);
        return (DescribeHome(home), faults.Steps);
    }

    /// <summary>All collections, every name, kind, permission and byte, and the list of snapshots.</summary>
    public static string DescribeHome(string home)
    {
        var folders = _collections.Select(name => $"{name}\n{SnapshotScene.Describe(Path.Combine(home, "collections", name))}");
        var snapshots = _collections.Select(name => Path.Combine(home, "snapshots", name)).Where(Directory.Exists).SelectMany(Directory.GetFiles).Select(file => Path.GetRelativePath(home, file)).Order(StringComparer.Ordinal);
        return string.Join("\n\n", folders.Append(string.Join('\n', snapshots)));
    }

    /// <summary>Opens a home after something happened to it: it is as before or as after, and nothing is left.</summary>
    /// <returns>Which of both.</returns>
    public static async Task<string> CheckAsync(string home, string old, string @new, string what)
    {
        var store = CollectionStore.Open(home);
        var now = DescribeHome(home);
        Assert.True(now == old || now == @new, $"{what}: neither old nor new\n{string.Join('\n', now.Split('\n').Except(old.Split('\n')).Take(8))}");
        AssertNothingLeft(home, what);
        foreach (var name in _collections)
        {
            var collection = store.Read(name);
            foreach (var artifact in collection.Artifacts) Assert.True(Path.Exists(Path.Combine(collection.Folder, artifact.Path)) && artifact.ContentHash is not null, $"{what}: {artifact.Id}");
            var snapshots = new CollectionSnapshots(store);
            foreach (var snapshot in snapshots.List(name).Snapshots)
            {
                var check = await snapshots.VerifyAsync(name, snapshot.Id, TestContext.Current.CancellationToken);
                Assert.True(check.IsSound, $"{what}: {string.Join("; ", check.Problems)}");
            }
        }

        return now == old ? "old" : "new";
    }

    public static void AssertNothingLeft(string home, string what)
    {
        Assert.False(Directory.Exists(Path.Combine(home, ".transactions")), $"{what}: a journal is left");
        var left = Directory.EnumerateFileSystemEntries(home, ".skm-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).ToList();
        Assert.True(left.Count == 0, $"{what}: {string.Join(", ", left)} is left");
    }

    public void Dispose() => Directory.Delete(Place, recursive: true);

    private static void CopyFolder(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var item in from.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            var target = Path.Combine(to, item.Name);
            if (item is DirectoryInfo folder) CopyFolder(folder, target);
            else File.Copy(item.FullName, target);
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(to, from.UnixFileMode);
    }
}

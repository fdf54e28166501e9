using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Updates;

namespace SkillMeat.Tests.CrashHost;

/// <summary>Adds an artifact with a large file, updates it, takes a snapshot and restores it, and measures the memory for it.</summary>
/// <param name="home">The home.</param>
/// <param name="upstream">The folder from which the artifact comes.</param>
/// <param name="megabytes">The size of the file.</param>
internal sealed class LargeScenario(string home, string upstream, int megabytes)
{
    private const int Megabyte = 1 << 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly string _file = Path.Combine(upstream, "skills", "large", "data.bin");

    /// <returns>The peak memory of the process in megabytes; 0 if the system does not report it.</returns>
    public async Task<long> RunAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(_file)!, "SKILL.md"), "---\nname: large\ndescription: Large\n---\n").ConfigureAwait(false);
        Write(seed: 1);
        var store = await CollectionStore.InitializeAsync(home, _patience).ConfigureAwait(false);
        using var session = OperationScenario.Connect(store);
        var added = await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = [new ArtifactAddition(Path.GetDirectoryName(_file)!)], BaseFolder = upstream }).ConfigureAwait(false);
        Expect(added[0].Status == AddStatus.Added, added[0].Reason);
        Write(seed: 2);
        var updated = (await new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest()).ConfigureAwait(false)).Entries[0];
        Expect(updated.Status == UpdateStatus.Updated, updated.Reason);
        var snapshots = new CollectionSnapshots(store);
        var taken = await snapshots.TakeAsync(null, "large", _patience).ConfigureAwait(false);
        await snapshots.RestoreAsync(null, updated.SnapshotId!, [], _patience).ConfigureAwait(false);
        await snapshots.RestoreAsync(null, taken.SnapshotId, [], _patience).ConfigureAwait(false);
        return Peak();
    }

    // A mixture: incompressible data, repeated data, and zeros.
    private void Write(int seed)
    {
        using var file = File.Create(_file);
        var block = new byte[Megabyte];
        for (var i = 0; i < megabytes; i++)
        {
            if (i % 4 == 0) new Random((seed * 1000) + i).NextBytes(block);
            if (i % 4 == 3) Array.Clear(block);
            file.Write(block);
        }
    }

    private static void Expect(bool isSo, string? reason)
    {
        if (!isSo) throw new SkillMeatException(ErrorIds.InvalidData, reason ?? "it did not come about");
    }

    private static long Peak()
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status)) return 0;
        var line = File.ReadLines(status).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(new string(line.Where(char.IsAsciiDigit).ToArray()), CultureInfo.InvariantCulture) / 1024;
    }
}

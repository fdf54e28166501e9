using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Removals;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Updates;
using SkillMeat.Upstream;

namespace SkillMeat.Tests.CrashHost;

/// <summary>
/// Two collections that were filled from a folder, edited, and fallen behind; and everything that can be done with them. The home can be copied anywhere, the folder stays.
/// </summary>
internal static class OperationScenario
{
    public const string First = "default";
    public const string Second = "work";

    public static readonly IReadOnlyList<string> Names = ["add", "update", "remove", "restore", "restore-some", "snapshot", "update-two"];

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset _begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes <c>upstream</c> and <c>home</c> in a folder.</summary>
    public static async Task PrepareAsync(string place)
    {
        var (home, upstream) = (Path.Combine(place, "home"), Path.Combine(place, "upstream"));
        WriteSkill(upstream, "a", "one\ntwo\nthree\nfour\nfive\n");
        Write(upstream, "skills/a/scripts/run.sh", "echo 1\n");
        Write(upstream, "skills/a/gone.md", "gone\n");
        WriteSkill(upstream, "b", "b\n");
        WriteSkill(upstream, "w", "w\n");
        Write(upstream, "commands/c.md", "c\n");
        var store = await CollectionStore.InitializeAsync(home, _patience, new FixedTime(_begin));
        await store.CreateAsync(Second, _patience);
        await AddAsync(store, First, place, "skills/a", "skills/b", "commands/c.md");
        await AddAsync(store, Second, place, "skills/w");
        var folder = Path.Combine(home, "collections", First);
        Write(folder, "skills/a/notes.md", "my notes\n");
        await new CollectionSnapshots(store).TakeAsync(First, "the first", _patience);
        Write(folder, "skills/a/SKILL.md", Skill("a", "ONE\ntwo\nthree\nfour\nfive\n"));
        Write(folder, "skills/b/more/deep.md", "deep\n");
        File.Delete(Path.Combine(folder, "commands", "c.md"));
        Write(folder, "commands/c.md", "c\n");
        WriteSkill(upstream, "a", "one\ntwo\nthree\nfour\nFIVE\n");
        Write(upstream, "skills/a/new.md", "new\n");
        File.Delete(Path.Combine(upstream, "skills", "a", "gone.md"));
        WriteSkill(upstream, "w", "W\n");
        Write(upstream, "commands/c.md", "C\n");
        WriteSkill(upstream, "new", "new\n");
        Write(upstream, "commands/fresh.md", "fresh\n");
    }

    /// <summary>Does one of the things.</summary>
    /// <param name="place">Where the upstream is.</param>
    /// <param name="home">The home.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="faults">Stands before every step; null for none.</param>
    public static async Task RunAsync(string place, string home, string name, IStorageFaults? faults)
    {
        var store = CollectionStore.Open(home, new FixedTime(_begin.AddDays(1)), faults);
        var snapshots = new CollectionSnapshots(store);
        switch (name)
        {
            case "add":
                await AddAsync(store, First, place, "skills/new", "commands/fresh.md");
                break;
            case "update":
                await UpdateAsync(store, First);
                break;
            case "update-two":
                await UpdateAsync(store, First, Second);
                break;
            case "remove":
                await new ArtifactRemover(store).RemoveAsync(new RemoveRequest { Artifacts = ["a", "c"], Collection = First });
                break;
            case "restore":
                await snapshots.RestoreAsync(First, Oldest(snapshots), [], _patience);
                break;
            case "restore-some":
                await snapshots.RestoreAsync(First, Oldest(snapshots), ["a"], _patience);
                break;
            case "snapshot":
                await snapshots.TakeAsync(First, "another", _patience);
                break;
            default:
                throw new ArgumentException($"there is no '{name}'", nameof(name));
        }
    }

    private static string Oldest(CollectionSnapshots snapshots) => snapshots.List(First).Snapshots[^1].Id;

    private static async Task AddAsync(CollectionStore store, string collection, string place, params string[] paths)
    {
        using var session = Connect(store);
        var request = new AddRequest { Artifacts = [.. paths.Select(path => new ArtifactAddition(Path.Combine(place, "upstream", path)))], Collection = collection, BaseFolder = place };
        foreach (var entry in await new ArtifactAdder(store, session).AddAsync(request))
        {
            if (entry.Status != AddStatus.Added) throw new InvalidOperationException($"{entry.Spec}: {entry.Reason}");
        }
    }

    private static async Task UpdateAsync(CollectionStore store, params string[] collections)
    {
        using var session = Connect(store);
        var result = await new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest { Collections = collections });
        if (result.HasErrors || result.HasConflicts) throw new InvalidOperationException(string.Join("; ", result.Entries.Select(entry => $"{entry.ArtifactId}: {entry.Status} {entry.Reason}")));
    }

    private static UpstreamSession Connect(CollectionStore store) => UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });

    private static string Skill(string name, string body) => $"---\nname: {name}\ndescription: About {name}\n---\n\n{body}";

    private static void WriteSkill(string upstream, string name, string body) => Write(upstream, $"skills/{name}/SKILL.md", Skill(name, body));

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

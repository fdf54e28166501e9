using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Drift;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Wherever a process dies or fails during a sync, project, records, collection and home are as before or as after, all together.</summary>
public sealed class SyncCrashTests(ITestOutputHelper output)
{
    private static readonly ParallelOptions _twoAtOnce = new() { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };

    // A process takes half a second of processor time. With 1 in the environment, all steps are tested.
    private static int EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? number : 16;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_dies_before_any_step_leaves_the_old_or_the_new_state_everywhere()
    {
        var (before, after, steps) = await ObserveAsync();
        var outcomes = new ConcurrentDictionary<int, bool>();
        await Parallel.ForEachAsync(Choose(steps), _twoAtOnce, async (step, cancellation) =>
        {
            var place = await PlaceAsync();
            try
            {
                Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "sync", place, step.ToString(CultureInfo.InvariantCulture)));
                var situation = $"died before step {step} ({steps[step - 1]})";

                Assert.All(CollectionStore.Open(SyncScenario.HomeOf(place)).Notices, notice => Assert.StartsWith("An interrupted change was", notice, StringComparison.Ordinal));

                var state = State(place);
                Assert.True(state == before || state == after, $"{situation}, and then from old to what is there:\n{HomeState.Difference(before, state)}\nfrom new:\n{HomeState.Difference(after, state)}");
                outcomes[step] = state == after;
                if (state == before) await SyncScenario.RunAsync(place, faults: null, cancellation);
                Assert.Equal(("", situation), (HomeState.Difference(after, State(place)), situation));
                await AssertSoundAsync(place, situation);
            }
            finally
            {
                TreeCopy.Delete(place);
            }
        });
        var firstNew = outcomes.Where(one => one.Value).Min(one => one.Key);
        Assert.All(outcomes, one => Assert.Equal(one.Key >= firstNew, one.Value));
        output.WriteLine($"killed at {outcomes.Count} of {steps.Count} steps, new from step {firstNew} on");
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_old_or_the_new_state_everywhere()
    {
        var (before, after, steps) = await ObserveAsync();
        foreach (var step in Choose(steps))
        {
            var place = await PlaceAsync();
            try
            {
                var error = await Record.ExceptionAsync(() => SyncScenario.RunAsync(place, new Faults((number, _, _) =>
                {
                    if (number == step) throw Faults.DiskFull;
                }), Cancellation));
                var situation = $"failed at step {step} ({steps[step - 1]}): {error?.Message}";
                Assert.True(error is null or StorageException, situation);

                CollectionStore.Open(SyncScenario.HomeOf(place));
                var state = State(place);
                Assert.True(state == (error is null ? after : before), $"{situation}, and then from old to what is there:\n{HomeState.Difference(before, state)}\nfrom new:\n{HomeState.Difference(after, state)}");
                await AssertSoundAsync(place, situation, isDone: error is null);
            }
            finally
            {
                TreeCopy.Delete(place);
            }
        }
    }

    [Fact]
    public async Task A_file_that_is_saved_meanwhile_is_not_lost()
    {
        var (_, _, steps) = await ObserveAsync();
        var files = new (string File, string Text)[]
        {
            ("project/.claude/skills/notes/SKILL.md", "---\nname: notes\ndescription: Saved meanwhile\n---\none\ntwo\nthree\nfour\nfive\n"),
            ("project/.claude/agents/bot.md", "---\nname: bot\ndescription: Saved meanwhile\n---\nHelp\n"),
            ("home/collections/default/skills/notes/SKILL.md", "---\nname: notes\ndescription: Takes notes\n---\nSaved meanwhile\ntwo\nthree\nfour\nFIVE\n"),
            ("home/collections/default/commands/review.md", "---\ndescription: Saved meanwhile\n---\nReview it\n"),
        };
        foreach (var step in Choose(steps))
        {
            foreach (var (file, text) in EveryNth == 1 ? files : [files[step % files.Length]])
            {
                var place = await PlaceAsync();
                try
                {
                    var path = Path.Combine(place, file);
                    // Between the last look at a file and its rename, nobody can see another program.
                    var isTooLate = false;
                    var error = await Record.ExceptionAsync(() => SyncScenario.RunAsync(place, new Faults((number, kind, target) =>
                    {
                        isTooLate |= number <= step && kind == StorageStep.Rename && target.Contains(Path.GetFileName(path), StringComparison.Ordinal);
                        if (number == step) File.WriteAllText(path, text);
                    }), Cancellation));
                    if (isTooLate && steps[step - 1].Step == StorageStep.Rename) continue;
                    Assert.True(error is null or StorageException, error?.ToString());
                    CollectionStore.Open(SyncScenario.HomeOf(place));
                    Assert.True(Holds(place, "Saved meanwhile"), $"{file} was saved before step {step} ({steps[step - 1]}), and is lost; {error?.Message}");
                }
                finally
                {
                    TreeCopy.Delete(place);
                }
            }
        }
    }

    private static bool Holds(string place, string text) => Directory.EnumerateFiles(place, "*.md*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(file => !file.Contains(".skm-", StringComparison.Ordinal)).Any(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal));

    private static async Task<string> PlaceAsync()
    {
        var place = TryFolder.Create("skm-sync-");
        await SyncScenario.PrepareAsync(place, Cancellation);
        return place;
    }

    private static async Task<(string Before, string After, List<(StorageStep Step, string Path)> Steps)> ObserveAsync()
    {
        var place = await PlaceAsync();
        try
        {
            var before = State(place);
            var faults = new Faults();
            var result = await SyncScenario.RunAsync(place, faults, Cancellation);
            Assert.Equal(
                ["skill:notes Merged", "command:review Pushed", "agent:bot Pulled", "hook:guard Forked", "mcp:files Pulled"],
                result.Entries.Select(entry => $"{entry.ArtifactId} {entry.Status}"));
            await AssertSoundAsync(place, "rehearsed");
            return (before, State(place), faults.Steps);
        }
        finally
        {
            TreeCopy.Delete(place);
        }
    }

    private static async Task AssertSoundAsync(string place, string situation, bool isDone = true)
    {
        var store = CollectionStore.Open(SyncScenario.HomeOf(place));
        var files = store.ReadFiles("default");
        Assert.Equal(files.Manifest.Ids.Select(id => id.LockKey).Order(StringComparer.Ordinal), files.LockFile.Entries.Keys.Order(StringComparer.Ordinal));
        var snapshots = new CollectionSnapshots(store);
        foreach (var snapshot in snapshots.List(null).Snapshots) Assert.True((await snapshots.VerifyAsync(null, snapshot.SnapshotId, Cancellation)).IsSound);
        if (isDone) Assert.Empty(new DriftChecker(store, _ => null).Check(new DriftRequest { Projects = [SyncScenario.ProjectOf(place)], IsFull = true }, Cancellation).Artifacts);
        // The next one who locks the folder takes the lock that a dead process left.
        var left = Directory.GetFileSystemEntries(place, ".skm-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(place, path)).Where(path => !path.EndsWith(".skm-lock", StringComparison.Ordinal));
        Assert.True(!left.Any(), $"{situation}: left over {string.Join(' ', left)}");
    }

    private static List<int> Choose(List<(StorageStep Step, string Path)> steps)
    {
        var (seen, chosen, phase, rest) = (new HashSet<(StorageStep, int)>(), new List<int>(), 0, 0);
        for (var number = 1; number <= steps.Count; number++)
        {
            var step = steps[number - 1].Step;
            if (seen.Add((step, phase)) || rest++ % EveryNth == 0) chosen.Add(number);
            if (step == StorageStep.MoveJournal) phase++;
        }

        return chosen;
    }

    // The identity of the project's folder.
    private static string MaskFolder(string text) => Regex.Replace(text, "\"folder\": \"[^\"]*\"", "\"folder\": \"FOLDER\"", RegexOptions.None, TimeSpan.FromSeconds(10));

    // Every place has another path, which manifests, records and names of files hold.
    private static string State(string place)
    {
        var lines = new List<string>();
        foreach (var path in Directory.EnumerateFileSystemEntries(place, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(path => Path.GetRelativePath(place, path)))
        {
            var parts = path.Split(Path.DirectorySeparatorChar);
            if (parts is ["home", "objects" or "locks" or "cache", ..] or [.., ".skm-lock"]) continue;
            var full = Path.Combine(place, path);
            var name = parts is ["home", "deployments", _] ? "home/deployments/project" : path;
            var text = Directory.Exists(full) ? "folder"
                : path.EndsWith("snapshot.json", StringComparison.Ordinal) ? "snapshot"
                : MaskFolder(File.ReadAllText(full)).Replace(place, "PLACE", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            lines.Add($"{name} {text}");
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }
}

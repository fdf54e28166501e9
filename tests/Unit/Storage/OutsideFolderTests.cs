using System.Collections.Concurrent;
using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Repair;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Tests.CrashHost;
using Xunit;

namespace SkillMeat.Tests.Storage;

/// <summary>Transactions that change files in a folder outside of the home together with files of the home.</summary>
public sealed class OutsideFolderTests(ITestOutputHelper output)
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const string Plan = Id + Id;

    private static readonly ParallelOptions _twoAtOnce = new() { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_dies_before_any_step_leaves_the_old_or_the_new_state_in_both()
    {
        var (before, after, steps) = await ObserveAsync();
        var outcomes = new ConcurrentDictionary<int, bool>();
        await Parallel.ForEachAsync(Enumerable.Range(1, steps.Count), _twoAtOnce, async (step, cancellation) =>
        {
            using var place = Place();
            Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "transact-outside", place.Path, Text(step)));
            var situation = $"died before step {step} ({steps[step - 1]})";

            var report = Storage(place).Recover(cancellation);

            Assert.True(report.Problem is null && report.Waiting == 0 && report.PutAside.Count == 0, $"{situation}: {report}");
            using (await Storage(place).LockAsync([], [OutsideScenario.FolderOf(place.Path)], TimeSpan.Zero, cancellation))
            {
                // The lock that the dead process left is not in the way.
            }

            var tree = place.Tree();
            Assert.True(tree == before || tree == after, $"{situation}, and then there was\n{tree}");
            outcomes[step] = tree == after;
        });
        var firstNew = outcomes.Where(one => one.Value).Min(one => one.Key);
        Assert.All(outcomes, one => Assert.Equal(one.Key >= firstNew, one.Value));
        Assert.Equal(StorageStep.MoveJournal, steps[firstNew - 2].Step);
        output.WriteLine($"{steps.Count} crash points, new from step {firstNew} on");
    }

    [Theory]
    [InlineData(nameof(JournalPhase.Committed))]
    [InlineData(nameof(JournalPhase.Undo))]
    public async Task A_journal_changes_nothing_in_a_folder_that_did_not_consent(string phase)
    {
        using var place = Place();
        await AbandonAsync(place, Enum.Parse<JournalPhase>(phase));
        var consent = Assert.Single(Directory.GetFiles(OutsideScenario.FolderOf(place.Path), "*.consent"));
        var text = await File.ReadAllTextAsync(consent, Cancellation);
        foreach (var wrong in new[] { null, text.Replace(text.Split('\n')[2][..8], "00000000", StringComparison.Ordinal), "" })
        {
            File.Delete(consent);
            if (wrong is not null) await File.WriteAllTextAsync(consent, wrong, Cancellation);
            var before = place.Tree();

            var report = Storage(place).Recover(Cancellation);

            Assert.Equal(ErrorIds.RecoveryPending, report.Problem!.ErrorId);
            Assert.Contains("consent", report.Problem.Message, StringComparison.Ordinal);
            Assert.Equal(before, place.Tree());
        }

        await File.WriteAllTextAsync(consent, text, Cancellation);
        Assert.Null(Storage(place).Recover(Cancellation).Problem);
    }

    [Fact]
    public async Task An_intent_without_consent_is_taken_back_in_the_home_alone()
    {
        using var place = Place();
        await AbandonAsync(place, JournalPhase.Intent);
        File.Delete(Assert.Single(Directory.GetFiles(OutsideScenario.FolderOf(place.Path), "*.consent")));
        var outside = List();
        Assert.Contains(outside, path => path.EndsWith(".new", StringComparison.Ordinal));

        Assert.Equal(1, Storage(place).Recover(Cancellation).TakenBack);

        Assert.Equal(outside, List());
        Assert.Empty(Directory.GetFiles(Path.Combine(OutsideScenario.HomeOf(place.Path), "collections", "default"), ".skm-*"));

        // Without what links lead to, which is in the home.
        string[] List() => Directory.GetFileSystemEntries(OutsideScenario.FolderOf(place.Path), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });
    }

    [Fact]
    public async Task A_folder_that_is_gone_keeps_the_change_pending_until_it_is_back()
    {
        using var place = Place();
        var (_, after, _) = await ObserveAsync();
        await AbandonAsync(place, JournalPhase.Committed);
        Directory.Move(OutsideScenario.FolderOf(place.Path), place.At("unmounted"));

        var error = await Assert.ThrowsAsync<StorageException>(() => Storage(place).LockAsync([OutsideScenario.Lock], TimeSpan.Zero, Cancellation));

        Assert.Contains("gone or not mounted", error.Message, StringComparison.Ordinal);
        Directory.Move(place.At("unmounted"), OutsideScenario.FolderOf(place.Path));
        Assert.Equal(1, Storage(place).Recover(Cancellation).Finished);
        Assert.Equal(after, place.Tree());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_cannot_be_settled_stops_nobody_who_wants_other_locks(bool isGone)
    {
        using var place = Place();
        await BarAsync(place, JournalPhase.Committed, isGone);
        Directory.CreateDirectory(place.At("another"));

        using (var held = await Storage(place).LockAsync(["collection 'another'"], [place.At("another")], TimeSpan.Zero, Cancellation))
        {
            var change = Storage(place).Begin(held);
            change.Write(place.At("another", "file"), "new"u8.ToArray());
            change.Commit(Cancellation);
        }

        Assert.Equal("new", await File.ReadAllTextAsync(place.At("another", "file"), Cancellation));
        Assert.Equal(ErrorIds.RecoveryPending, (await Assert.ThrowsAsync<StorageException>(() => Storage(place).LockAsync([OutsideScenario.Lock], TimeSpan.Zero, Cancellation))).ErrorId);
    }

    [Theory]
    [InlineData(nameof(JournalPhase.Committed), true, "new manifest")]
    [InlineData(nameof(JournalPhase.Committed), false, "new manifest")]
    [InlineData(nameof(JournalPhase.Undo), true, "old manifest")]
    [InlineData(nameof(JournalPhase.Undo), false, "old manifest")]
    public async Task A_repair_sets_a_change_aside_that_cannot_be_settled(string phase, bool isGone, string manifest)
    {
        using var place = Place();
        var journal = await BarAsync(place, Enum.Parse<JournalPhase>(phase), isGone);
        var (content, outside, before) = (await File.ReadAllBytesAsync(journal, Cancellation), TreeOutside(), place.Tree());

        var planned = await new HomeRepair(CollectionStore.OpenToRead(OutsideScenario.HomeOf(place.Path))).RepairAsync(dryRun: true, TimeSpan.Zero, Cancellation);

        Assert.Equal(before, place.Tree());
        Assert.Contains(planned, finding => finding.IsLeft && finding.Action.StartsWith("would be set aside", StringComparison.Ordinal) && NamesPaths(finding));
        var findings = await new HomeRepair(CollectionStore.Open(OutsideScenario.HomeOf(place.Path))).RepairAsync(dryRun: false, TimeSpan.Zero, Cancellation);

        var kept = Assert.Single(findings, finding => !finding.IsLeft && finding.Action.StartsWith("set aside", StringComparison.Ordinal) && NamesPaths(finding)).Path;
        Assert.Equal(content, await File.ReadAllBytesAsync(kept, Cancellation));
        Assert.False(File.Exists(journal));
        Assert.Equal(outside, TreeOutside());
        var collection = Path.Combine(OutsideScenario.HomeOf(place.Path), "collections", "default");
        Assert.Equal(manifest, await File.ReadAllTextAsync(Path.Combine(collection, "collection.toml"), Cancellation));
        Assert.Empty(Directory.GetFiles(collection, ".skm-*"));
        using var held = await Storage(place).LockAsync([OutsideScenario.Lock], TimeSpan.Zero, Cancellation);

        bool NamesPaths(RepairFinding finding) => finding.Action.Contains(Path.Combine(OutsideScenario.FolderOf(place.Path), ".claude", "obsolete.md"), StringComparison.Ordinal);

        // Without what links lead to, which is in the home.
        string TreeOutside() => string.Join('\n', new DirectoryInfo(isGone ? place.At("unmounted") : OutsideScenario.FolderOf(place.Path))
            .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(item => item is FileInfo ? $"{item.FullName}: {File.ReadAllText(item.FullName)}" : item.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_homes_exclude_each_other_and_an_interrupted_change_stops_the_other()
    {
        using var place = Place();
        var folder = OutsideScenario.FolderOf(place.Path);
        var other = new HomeStorage(place.At("other"), TimeProvider.System, Random.Shared);
        Directory.CreateDirectory(other.Home);
        using (await Storage(place).LockAsync([], [folder], TimeSpan.Zero, Cancellation))
        {
            Assert.Contains(folder, (await Assert.ThrowsAsync<LockTimeoutException>(() => other.LockAsync([], [folder], TimeSpan.Zero, Cancellation))).Message, StringComparison.Ordinal);
        }

        await AbandonAsync(place, JournalPhase.Committed);
        var error = await Assert.ThrowsAsync<StorageException>(() => other.LockAsync([], [folder], TimeSpan.Zero, Cancellation));
        Assert.Equal(ErrorIds.RecoveryPending, error.ErrorId);
        Assert.Contains($"the home '{OutsideScenario.HomeOf(place.Path)}' was interrupted", error.Message, StringComparison.Ordinal);

        Assert.Equal(1, Storage(place).Recover(Cancellation).Finished);
        using var held = await other.LockAsync([], [folder], TimeSpan.Zero, Cancellation);
    }

    [Fact]
    public async Task The_text_of_a_consent_is_shown_in_quotes_and_never_as_a_command()
    {
        using var place = Place();
        await WriteConsentAsync(place, "/tmp/evil'; curl `evil`\u001b[2J\u202e\"");

        var error = await Assert.ThrowsAsync<StorageException>(() => Storage(place).LockAsync([], [OutsideScenario.FolderOf(place.Path)], TimeSpan.Zero, Cancellation));

        Assert.Equal(ErrorIds.RecoveryPending, error.ErrorId);
        Assert.Contains(@"the home '/tmp/evil\u{27}; curl \u{60}evil\u{60}\u{1b}[2J\u{202e}\u{22}' was interrupted", error.Message, StringComparison.Ordinal);
        Assert.Contains("only if it is yours", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("skm repair", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_consent_to_this_home_is_withdrawn_unless_files_of_the_change_are_left()
    {
        using var place = Place();
        var consent = await WriteConsentAsync(place, OutsideScenario.HomeOf(place.Path));
        var left = Path.Combine(OutsideScenario.FolderOf(place.Path), ".claude", $".skm-{Id}-0.old");
        await File.WriteAllTextAsync(left, "precious", Cancellation);

        var error = await Assert.ThrowsAsync<StorageException>(() => Storage(place).LockAsync([], [OutsideScenario.FolderOf(place.Path)], TimeSpan.Zero, Cancellation));
        Assert.Contains("its journal is gone", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(consent));
        File.Delete(left);
        using var held = await Storage(place).LockAsync([], [OutsideScenario.FolderOf(place.Path)], TimeSpan.Zero, Cancellation);

        Assert.False(File.Exists(consent));
    }

    [Theory]
    [InlineData(Id, "")]
    [InlineData(Id, "SkillMeat consent 1\n/tmp/ho")]
    [InlineData(Id, "SkillMeat consent 1\nx; curl evil\n" + Plan + "\n")]
    [InlineData(Id, "SkillMeat consent 1\n/tmp/evil\nplan\n")]
    [InlineData("x", "SkillMeat consent 1\n/tmp/evil\n" + Plan + "\n")]
    [InlineData(Id, null)]
    public async Task A_file_that_only_looks_like_a_consent_is_reported_and_ignored(string id, string? content)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && content is null, "links need a privilege there");
        using var place = Place();
        var file = Path.Combine(OutsideScenario.FolderOf(place.Path), $".skm-{id}.consent");
        if (content is null) File.CreateSymbolicLink(file, Path.Combine(OutsideScenario.FolderOf(place.Path), "README.md"));
        else await File.WriteAllTextAsync(file, content, Cancellation);

        using var held = await Storage(place).LockAsync([], [OutsideScenario.FolderOf(place.Path)], TimeSpan.Zero, Cancellation);

        Assert.Contains(Path.GetFileName(file), Assert.Single(Storage(place).Begin(held).Warnings), StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_consent_that_became_too_large_or_a_folder_bars_the_change_and_is_no_other_error()
    {
        using var place = Place();
        await AbandonAsync(place, JournalPhase.Committed);
        var consent = Assert.Single(Directory.GetFiles(OutsideScenario.FolderOf(place.Path), "*.consent"));
        await File.WriteAllBytesAsync(consent, new byte[100_000], Cancellation);
        Assert.Equal(ErrorIds.RecoveryPending, Storage(place).Recover(Cancellation).Problem!.ErrorId);
        File.Delete(consent);
        Directory.CreateDirectory(consent);
        Assert.Equal(ErrorIds.RecoveryPending, Storage(place).Recover(Cancellation).Problem!.ErrorId);
    }

    [Fact]
    public async Task A_folder_that_is_back_after_its_change_was_set_aside_is_not_changed_unseen()
    {
        using var place = Place();
        await BarAsync(place, JournalPhase.Committed, isGone: true);
        await new HomeRepair(CollectionStore.Open(OutsideScenario.HomeOf(place.Path))).RepairAsync(dryRun: false, TimeSpan.Zero, Cancellation);
        Directory.Move(place.At("unmounted"), OutsideScenario.FolderOf(place.Path));

        var error = await Assert.ThrowsAsync<StorageException>(() => Storage(place).LockAsync([], [OutsideScenario.FolderOf(place.Path)], TimeSpan.Zero, Cancellation));

        Assert.Contains(Assert.Single(Directory.GetFiles(Path.Combine(OutsideScenario.HomeOf(place.Path), ".set-aside"))), error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(OutsideScenario.FolderOf(place.Path), "*.consent"));
    }

    [Fact]
    public async Task Two_homes_that_change_one_file_at_once_lose_no_change()
    {
        using var place = Place();
        var file = Path.Combine(OutsideScenario.FolderOf(place.Path), "count");
        await File.WriteAllTextAsync(file, "0", Cancellation);

        await Task.WhenAll(new[] { "home", "other" }.Select(name => Task.Run(async () =>
        {
            var storage = new HomeStorage(Directory.CreateDirectory(place.At(name)).FullName, TimeProvider.System, Random.Shared);
            for (var round = 0; round < 40; round++)
            {
                using var held = await storage.LockAsync([], [Path.GetDirectoryName(file)!], TimeSpan.FromSeconds(30), Cancellation);
                var change = storage.Begin(held);
                change.Write(file, System.Text.Encoding.UTF8.GetBytes(Text(int.Parse(await File.ReadAllTextAsync(file, Cancellation), CultureInfo.InvariantCulture) + 1)));
                change.Commit(Cancellation);
            }
        })));

        Assert.Equal("80", await File.ReadAllTextAsync(file, Cancellation));
        Assert.Empty(Directory.GetFiles(OutsideScenario.FolderOf(place.Path), ".skm-*"));
    }

    [Fact]
    public async Task Files_behind_a_link_of_a_locked_folder_are_not_changed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var place = Place();
        Directory.CreateDirectory(place.At("elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(OutsideScenario.FolderOf(place.Path), "way"), place.At("elsewhere"));
        using var held = await Storage(place).LockAsync([], [OutsideScenario.FolderOf(place.Path)], TimeSpan.Zero, Cancellation);
        foreach (var path in new[] { Path.Combine(OutsideScenario.FolderOf(place.Path), "way", "file"), place.At("elsewhere", "file"), place.At("file") })
        {
            var change = Storage(place).Begin(held);
            change.Write(path, "new"u8.ToArray());

            Assert.Contains(path, Assert.Throws<StorageException>(() => change.Commit(Cancellation)).Message, StringComparison.Ordinal);
        }
    }

    private static TempHome Place()
    {
        var place = new TempHome();
        OutsideScenario.Prepare(place.Path);
        return place;
    }

    private static HomeStorage Storage(TempHome place) => new(OutsideScenario.HomeOf(place.Path), TimeProvider.System, Random.Shared);

    private static async Task<(string Before, string After, List<(StorageStep Step, string Path)> Steps)> ObserveAsync()
    {
        using var place = Place();
        var before = place.Tree();
        var faults = new Faults();
        await OutsideScenario.RunAsync(place.Path, faults, Cancellation);
        Assert.Empty(Directory.GetFiles(OutsideScenario.FolderOf(place.Path), ".skm-*"));
        return (before, place.Tree(), faults.Steps);
    }

    private static async Task<string> WriteConsentAsync(TempHome place, string home)
    {
        var path = Path.Combine(OutsideScenario.FolderOf(place.Path), $".skm-{Id}.consent");
        await File.WriteAllTextAsync(path, $"SkillMeat consent 1\n{home}\n{Plan}\n", Cancellation);
        return path;
    }

    // Returns the path of the journal.
    private static async Task<string> BarAsync(TempHome place, JournalPhase phase, bool isGone)
    {
        await AbandonAsync(place, phase);
        if (isGone) Directory.Move(OutsideScenario.FolderOf(place.Path), place.At("unmounted"));
        else File.Delete(Assert.Single(Directory.GetFiles(OutsideScenario.FolderOf(place.Path), "*.consent")));
        return Assert.Single(Directory.GetFiles(Path.Combine(OutsideScenario.HomeOf(place.Path), ".transactions")));
    }

    // A transaction in which everything fails from a step on leaves the same state as a dead process.
    private static async Task AbandonAsync(TempHome place, JournalPhase phase)
    {
        var (_, _, steps) = await ObserveAsync();
        var committed = steps.FindIndex(one => one.Step == StorageStep.MoveJournal) + 1;
        // The first rename after the point of no return fails, and so does the next step of the rollback.
        var from = phase switch { JournalPhase.Intent => committed, JournalPhase.Committed => committed + 3, _ => steps.FindIndex(committed, one => one.Step == StorageStep.Rename) + 1 };
        var isUndoing = false;
        await Record.ExceptionAsync(() => OutsideScenario.RunAsync(place.Path, new Faults((number, step, _) =>
        {
            if (phase == JournalPhase.Undo && number > from && step == StorageStep.MoveJournal && !isUndoing)
            {
                isUndoing = true;
                return;
            }

            if (number >= from) throw Faults.Denied;
        }), Cancellation));
        var journal = Assert.Single(Directory.GetFiles(Path.Combine(OutsideScenario.HomeOf(place.Path), ".transactions")));
        Assert.Equal(phase, JournalFile.Parse(journal)!.Phase);
        foreach (var left in Directory.GetFiles(OutsideScenario.FolderOf(place.Path), ".skm-lock")) File.Delete(left);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

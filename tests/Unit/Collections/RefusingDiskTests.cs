using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>A disk that is full, a home that can't be written, another program that writes in between: at every step of every operation.</summary>
public sealed class RefusingDiskTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("refresh")]
    [InlineData("rollback")]
    [InlineData("create")]
    [InlineData("use")]
    public async Task A_refusal_at_any_step_leaves_all_as_it_was_and_names_the_path(string operation)
    {
        using var original = await MakeAsync();
        var steps = await CountAsync(operation, original);
        var refused = 0;
        for (var step = 1; step <= steps; step++)
        {
            using var home = original.Copy();
            var before = home.Tree("locks", "cache");
            var content = Contents(home);
            var failing = step;
            var error = await Record.ExceptionAsync(() => RunAsync(operation, home, new Faults((number, _, _) =>
            {
                if (number == failing) throw Faults.DiskFull;
            })));
            if (error is null) continue;
            var refusal = Assert.IsType<StorageException>(error);
            Assert.Equal(ErrorIds.StorageFailed, refusal.ErrorId);
            Assert.Contains(home.Home, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("the disk is full", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.True(content == Contents(home), $"{operation}, step {step}: the home was\n{before}\nand is\n{home.Tree("locks", "cache")}");
            refused++;
        }

        output.WriteLine($"{operation}: {steps} steps, {refused} refused");
        Assert.True(refused >= 8, $"only {refused} of {steps}");
    }

    [Theory]
    [InlineData("refresh")]
    [InlineData("rollback")]
    [InlineData("create")]
    [InlineData("use")]
    public async Task A_home_that_refuses_everything_is_an_error_and_unchanged(string operation)
    {
        using var home = await MakeAsync();
        Directory.Delete(home.At("locks"), recursive: true);
        var before = home.Tree("cache");
        var error = await Assert.ThrowsAsync<StorageException>(() => RunAsync(operation, home, new Faults((_, _, _) => throw Faults.ReadOnly)));
        Assert.Contains("read-only file system", error.Message, StringComparison.Ordinal);
        Assert.Contains(home.Home, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, home.Tree("cache"));
    }

    [Fact]
    public async Task A_check_asks_nothing_of_the_disk_but_to_be_read()
    {
        using var home = await MakeAsync();
        var faults = new Faults((_, _, _) => throw Faults.ReadOnly);
        var store = CollectionStore.Open(home.Home, null, faults);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });
        var refresher = new CollectionRefresher(store, session);
        Assert.NotEmpty((await refresher.CheckAsync(new RefreshRequest(), cancellationToken: Cancellation)).Checks);
        Assert.NotEmpty((await refresher.RefreshAsync(new RefreshRequest { DryRun = true }, Cancellation)).Entries);
        Assert.NotEmpty(store.List());
        Assert.NotEmpty(new CollectionSnapshots(store).List(null).Snapshots);
        Assert.Empty(faults.Steps);
    }

    [Theory]
    [InlineData("refresh", false)]
    [InlineData("refresh", true)]
    [InlineData("rollback", false)]
    [InlineData("rollback", true)]
    public async Task An_edit_by_another_program_at_any_step_is_never_lost(string operation, bool byRename)
    {
        const string mark = "# an edit by another program";
        using var original = await MakeAsync();
        var steps = await CountAsync(operation, original);
        var (seen, refused) = (0, 0);
        for (var step = 1; step <= steps; step++)
        {
            using var home = original.Copy();
            var editing = step;
            var isInTheGap = false;
            var error = await Record.ExceptionAsync(() => RunAsync(operation, home, new Faults((number, kind, path) =>
            {
                if (number != editing) return;
                // No file system can close the gap between the last check and the rename.
                isInTheGap = kind == StorageStep.Rename && path == home.Manifest;
                if (!isInTheGap) Edit(home.Manifest, mark, byRename);
            })));
            if (isInTheGap) continue;
            if (error is not null) Assert.Equal(ErrorIds.ConcurrentChange, Assert.IsType<StorageException>(error).ErrorId);
            refused += error is null ? 0 : 1;
            seen++;
            Assert.True(await IsSomewhereAsync(home, mark), $"{operation}, step {step}: the edit is lost ({error?.Message ?? "no error"})");
            Assert.NotNull(CollectionStore.Open(home.Home).Read());
        }

        output.WriteLine($"{operation}: {seen} edits, {refused} refusals");
        Assert.True(seen >= steps - 2);
    }

    // Something to change, something to roll back to, a second collection, and everything that a first run leaves behind.
    private static async Task<TestHome> MakeAsync()
    {
        var home = TestHome.WithSkills(2);
        (await home.RunAsync("collection", "refresh", "--name", "a1")).Succeeds();
        home.Write(home.At("collections", "other", "collection.toml"), "[collection]\nname = \"other\"\n");
        return home;
    }

    private static async Task<int> CountAsync(string operation, TestHome original)
    {
        using var home = original.Copy();
        var faults = new Faults();
        await RunAsync(operation, home, faults);
        return faults.Steps.Count;
    }

    private static async Task RunAsync(string operation, TestHome home, Faults faults)
    {
        var store = CollectionStore.Open(home.Home, null, faults);
        switch (operation)
        {
            case "refresh":
                using (var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null }))
                {
                    var result = await new CollectionRefresher(store, session).RefreshAsync(new RefreshRequest(), Cancellation);
                    Assert.Equal(1, result.Summary.RefreshedCount);
                }

                break;
            case "rollback":
                var rollback = new CollectionSnapshots(store);
                await rollback.RestoreAsync(null, rollback.List(null).Snapshots[0].SnapshotId, [], TimeSpan.Zero, Cancellation);
                break;
            case "create":
                await store.CreateAsync("new", TimeSpan.Zero, Cancellation);
                break;
            default:
                await store.SetActiveAsync("other", TimeSpan.Zero, Cancellation);
                break;
        }
    }

    // Without times: what is put back by a rename has its own, the folder around it has not.
    private static string Contents(TestHome home) => string.Join('\n', Directory.EnumerateFileSystemEntries(home.Home, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(p => !Path.GetRelativePath(home.Home, p).StartsWith("locks", StringComparison.Ordinal) && !Path.GetRelativePath(home.Home, p).StartsWith("cache", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(p => $"{p} {(File.Exists(p) ? Convert.ToHexString(File.ReadAllBytes(p)) : "folder")}"));

    private static void Edit(string path, string mark, bool byRename)
    {
        if (!byRename)
        {
            File.AppendAllText(path, mark + "\n");
            return;
        }

        var text = File.ReadAllText(path) + mark + "\n";
        File.WriteAllText(path + "~", text);
        File.Move(path + "~", path, overwrite: true);
    }

    // In the manifest, in a file put aside beside it, or in the snapshot that undoes the change.
    private static async Task<bool> IsSomewhereAsync(TestHome home, string mark)
    {
        foreach (var file in Directory.EnumerateFiles(home.At("collections", "default")))
        {
            if ((await File.ReadAllTextAsync(file, Encoding.UTF8, Cancellation)).Contains(mark, StringComparison.Ordinal)) return true;
        }

        return Directory.EnumerateFiles(home.Snapshots).Any(f => Encoding.UTF8.GetString(ManifestSnapshotFormat.Read(File.ReadAllBytes(f), f).Manifest).Contains(mark, StringComparison.Ordinal));
    }
}

using System.Text.Json;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>Journals that no transaction wrote, put into a home that others can write to. They are refused by name, nothing is touched, and the home can be read.</summary>
public sealed class JournalTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    // The fault, the name of the file, its id, folders, target, new content, old content.
    public static TheoryData<string, string, string, string[], string, string, string> Journals => new()
    {
        { "new content beside the home", "home~evilevilevil.done", "evilevilevil", [], "x", "../victim", "n" },
        { "old content anywhere", "home~evilevilevil.undo", "evilevilevil", [], "../victim/file", "n", "payload" },
        { "a short id", "home~x.done", "x", [], "x", ".skm-x-0.new", ".skm-x-0.old" },
        { "new content beside the home, under a sound id", $"home~{Id}.done", Id, [], "x", "../victim", $".skm-{Id}-0.old" },
        { "new content beside the home with a sound name", $"home~{Id}.committed", Id, [], "x", $"../victim/.skm-{Id}-0.new", $".skm-{Id}-0.old" },
        { "old content in another folder", $"home~{Id}.undo", Id, [], "x", $".skm-{Id}-0.new", $"collections/default/.skm-{Id}-0.old" },
        { "another number in a name", $"home~{Id}.undo", Id, [], "x", $".skm-{Id}-1.new", $".skm-{Id}-0.old" },
        { "a target beside the home", $"home~{Id}.undo", Id, [], "../victim", $"../.skm-{Id}-0.new", $"../.skm-{Id}-0.old" },
        { "a target beside the home, by way of a folder", $"home~{Id}.undo", Id, [], "collections/../../victim", $"collections/../../.skm-{Id}-0.new", $"collections/../../.skm-{Id}-0.old" },
        { "the home as a target", $"home~{Id}.undo", Id, [], ".", $".skm-{Id}-0.new", $".skm-{Id}-0.old" },
        { "a target among the locks", $"home~{Id}.undo", Id, [], "locks/home.lock", $"locks/.skm-{Id}-0.new", $"locks/.skm-{Id}-0.old" },
        { "a target behind a link", $"home~{Id}.undo", Id, [], "collections/default/skills/way/file", $"collections/default/skills/way/.skm-{Id}-0.new", $"collections/default/skills/way/.skm-{Id}-0.old" },
        { "a target with a NUL", $"home~{Id}.undo", Id, [], "x\0y", $".skm-{Id}-0.new", $".skm-{Id}-0.old" },
        { "a folder beside the home", $"home~{Id}.intent", Id, ["../victim"], "x", $".skm-{Id}-0.new", $".skm-{Id}-0.old" },
        { "the id of another file", $"home~{Id}.done", "ffffffffffffffffffffffffffffffff", [], "x", ".skm-ffffffffffffffffffffffffffffffff-0.new", ".skm-ffffffffffffffffffffffffffffffff-0.old" },
        { "a folder twice", $"home~{Id}.intent", Id, ["collections/new", "collections/new"], "x", $".skm-{Id}-0.new", $".skm-{Id}-0.old" },
        { "the lock of another file", $"collection%20%27default%27~{Id}.done", Id, [], "x", $".skm-{Id}-0.new", $".skm-{Id}-0.old" },
    };

    [Theory]
    [MemberData(nameof(Journals))]
    public async Task A_journal_that_no_transaction_wrote_is_refused(string fault, string name, string id, string[] folders, string target, string staged, string backup)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        foreach (var kind in new[] { "write", "delete", "replace_folder", "delete_folder" })
        {
            using var home = TestHome.WithSkills(1);
            home.Write("victim/file", "precious");
            Directory.CreateSymbolicLink(home.At("collections", "default", "skills", "way"), Path.Combine(home.Place, "victim"));
            home.Write(home.At("payload"), "planted");
            var journal = home.At(".transactions", name + ".json");
            home.Write(journal, JsonSerializer.Serialize(new
            {
                version = 1,
                id,
                locks = new[] { "home" },
                folders,
                entries = new[] { new { kind, target, staged, backup, old_sha256 = (string?)null, new_sha256 = (string?)null } },
            }));
            var before = home.Tree("locks");

            var list = await home.RunAsync("list");
            Assert.True(list.ExitCode == 0, $"{fault}, {kind}: {list.Error}");
            Assert.Contains("a1", list.Output, StringComparison.Ordinal);
            Assert.Contains(Path.GetFileName(journal), list.Error, StringComparison.Ordinal);
            var write = await home.RunAsync("snapshot", "new");
            Assert.True(write.ExitCode == 1, $"{fault}, {kind}: {write.Error}");
            Assert.Contains(journal, write.Error, StringComparison.Ordinal);
            Assert.Contains("[RecoveryPending]", write.Error, StringComparison.Ordinal);
            var repair = await home.RunAsync("repair");
            Assert.Contains(Path.GetFileName(journal), repair.Output + repair.Error, StringComparison.Ordinal);
            Assert.Equal(before, home.Tree("locks"));
        }
    }

    [Fact]
    public async Task A_journal_is_named_whatever_is_wrong_with_its_text()
    {
        string[] texts =
        [
            "", "[]", "{}", "null", "{\"version\": 1}", "{\"version\": 2}", """{"version": 1, "id": 5, "locks": [], "folders": [], "entries": []}""",
            $$"""{"version": 1, "id": "{{Id}}", "locks": [], "folders": [], "entries": []}""",
        ];
        foreach (var text in texts)
        {
            using var home = TestHome.WithSkills(1);
            home.Write(home.At(".transactions", $"home~{Id}.committed.json"), text);

            var list = await home.RunAsync("list");

            Assert.Equal(0, list.ExitCode);
            Assert.Contains($"home~{Id}.committed.json", list.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_journal_of_millions_of_folders_is_refused_before_they_are_read()
    {
        using var home = TestHome.WithSkills(1);
        var folders = string.Join(',', Enumerable.Repeat("\"a\"", 3_000_000));
        home.Write(home.At(".transactions", $"home~{Id}.intent.json"), $$"""{"version": 1, "id": "{{Id}}", "locks": ["home"], "folders": [{{folders}}], "entries": []}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = new HomeStorage(home.Home, TimeProvider.System, Random.Shared).FindRefusedJournal();

        Assert.Contains("has more entries than a transaction can have", refused!.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        Assert.Contains($"home~{Id}.intent.json", (await home.RunAsync("list")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_of_a_transaction_that_is_at_work_is_not_judged()
    {
        using var home = TestHome.WithSkills(1);
        var storage = new HomeStorage(home.Home, TimeProvider.System, Random.Shared);
        using (await storage.LockAsync(["home"], TimeSpan.Zero, TestContext.Current.CancellationToken))
        {
            home.Write(home.At(".transactions", $"home~{Id}.committed.json"), "not yet complete");

            Assert.Null(storage.FindRefusedJournal());
        }

        Assert.NotNull(storage.FindRefusedJournal());
    }

    [Fact]
    public async Task A_transaction_refuses_more_changes_than_its_recovery_would_read()
    {
        using var home = TestHome.None();
        Directory.CreateDirectory(home.Home);
        var storage = new HomeStorage(home.Home, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, TestContext.Current.CancellationToken);
        var change = storage.Begin(held);
        for (var number = 0; number <= 100_000; number++) change.Delete(home.At($"file-{number}"));

        var error = Assert.Throws<Errors.StorageException>(() => change.Commit(TestContext.Current.CancellationToken));

        Assert.Contains("divide it into several commands", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.At(".transactions")));
    }

    [Fact]
    public async Task The_cases_of_the_review_are_refused()
    {
        Assert.SkipWhen(SharedFolder.Find() is null, "the fixtures are not here");
        foreach (var file in Directory.GetFiles(Path.Combine(SharedFolder.Find()!, "cases", "journals")))
        {
            using var home = TestHome.WithSkills(1);
            home.Write("victim/file", "precious");
            var (phase, id) = (Path.GetFileName(file).Split('.')[1], JsonDocument.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).RootElement.GetProperty("id").GetString());
            home.Write(home.At(".transactions", $"home~{id}.{phase}.json"), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            var before = home.Tree("locks");

            var list = await home.RunAsync("list");

            Assert.Equal(0, list.ExitCode);
            Assert.Contains($"home~{id}.{phase}.json", list.Error, StringComparison.Ordinal);
            Assert.Equal(before, home.Tree("locks"));
        }
    }

    [Fact]
    public async Task A_transaction_refuses_what_its_recovery_would_refuse()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = new TempHome();
        Directory.CreateDirectory(home.At("elsewhere"));
        Directory.CreateDirectory(home.At("home", "collections", "default"));
        Directory.CreateSymbolicLink(home.At("home", "collections", "default", "skills"), home.At("elsewhere"));
        var storage = new HomeStorage(home.At("home"), TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, TestContext.Current.CancellationToken);
        foreach (var path in new[] { home.At("outside"), home.At("home", "collections", "default", "skills", "file"), home.At("home", "locks", "file") })
        {
            var change = storage.Begin(held);
            change.Write(path, "new"u8.ToArray());

            var error = Assert.Throws<Errors.StorageException>(() => change.Commit(TestContext.Current.CancellationToken));

            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(path));
        }
    }

    [Fact]
    public async Task Files_that_a_user_keeps_elsewhere_are_recovered_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var place = new TempHome();
        var home = place.At("home");
        Scenario.Prepare(home);
        // The home's collections, one collection, its manifest and the configuration are links to four places.
        Directory.Move(Path.Combine(home, "collections"), place.At("all"));
        Directory.CreateSymbolicLink(Path.Combine(home, "collections"), place.At("all"));
        Directory.Move(place.At("all", "default"), place.At("one"));
        Directory.CreateSymbolicLink(place.At("all", "default"), place.At("one"));
        File.Move(place.At("one", "collection.toml"), place.At("manifest.toml"));
        File.CreateSymbolicLink(place.At("one", "collection.toml"), place.At("manifest.toml"));
        File.Move(Path.Combine(home, "dotfiles", "config.toml"), place.At("config.toml"));
        File.Delete(Path.Combine(home, "config.toml"));
        File.CreateSymbolicLink(Path.Combine(home, "config.toml"), place.At("config.toml"));
        var steps = 0;
        var faults = new Faults((_, step, _) =>
        {
            if (step == StorageStep.WriteGeneration || steps > 0) steps++;
            if (steps > 2) throw Faults.Denied;
        });
        await Record.ExceptionAsync(() => Scenario.RunAsync(home, faults, TestContext.Current.CancellationToken));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(home, ".transactions")));

        var report = new HomeStorage(home, TimeProvider.System, Random.Shared).Recover(TestContext.Current.CancellationToken);

        Assert.Null(report.Problem);
        Assert.Equal("config.toml manifest.toml", string.Join(' ', new[] { "config.toml", "manifest.toml" }.Where(name => new FileInfo(place.At(name)).LinkTarget is null)));
        Assert.Contains(await File.ReadAllTextAsync(place.At("manifest.toml"), TestContext.Current.CancellationToken), new[] { "new manifest", "old manifest" });
        Assert.Empty(Directory.GetFiles(place.Path, ".skm-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_collection_that_a_user_keeps_elsewhere_is_replaced_there_even_after_an_error_in_between(int renames)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var place = new TempHome();
        var (home, one) = (place.At("home"), place.At("one"));
        Directory.CreateDirectory(Path.Combine(home, "collections"));
        Directory.CreateDirectory(one);
        await File.WriteAllTextAsync(Path.Combine(one, "collection.toml"), "old", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(home, "collections", "default"), one);
        var done = 0;
        var faults = new Faults((_, step, _) =>
        {
            if (done >= renames || (step == StorageStep.RenameFolder && ++done >= renames)) throw Faults.Denied;
        });
        var storage = new HomeStorage(home, TimeProvider.System, Random.Shared, faults);
        using (var held = await storage.LockAsync(["collection 'default'"], TimeSpan.Zero, TestContext.Current.CancellationToken))
        {
            var transaction = storage.Begin(held);
            transaction.ReplaceFolder(Path.Combine(home, "collections", "default"), (path, _) =>
            {
                Directory.CreateDirectory(path);
                File.WriteAllText(Path.Combine(path, "collection.toml"), "new");
            });
            Record.Exception(() => transaction.Commit(TestContext.Current.CancellationToken));
        }

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(home, ".transactions")));

        var report = new HomeStorage(home, TimeProvider.System, Random.Shared).Recover(TestContext.Current.CancellationToken);

        Assert.Null(report.Problem);
        Assert.Equal(one, new DirectoryInfo(Path.Combine(home, "collections", "default")).LinkTarget);
        Assert.Contains(await File.ReadAllTextAsync(Path.Combine(one, "collection.toml"), TestContext.Current.CancellationToken), new[] { "old", "new" });
        Assert.Empty(Directory.GetFileSystemEntries(place.Path, ".skm-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;
using SkillMeat.Cache;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Indexing;
using SkillMeat.Collections;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>A damaged file is repaired in its place, so that every process that has it open goes on with the same one.</summary>
public sealed class CacheRepairTests : IDisposable
{
    private const int PageSize = 4096;
    private const string Artifacts = "SELECT count(*) FROM artifact";

    private readonly TestHome _home = TestHome.WithSkills(60);
    private readonly List<string> _reports = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FilePath => _home.At("cache", CacheLocation.FileName);

    [Fact]
    public void It_stays_the_same_file_for_whoever_has_it_open()
    {
        using var first = Open();
        CachedArtifacts.Of(first);
        Checkpoint(first);
        var (sound, inode) = (new FileInfo(FilePath).Length, CacheFile.InodeOf(FilePath));
        for (var page = 1; page * PageSize < sound; page += 3) Overwrite(page);
        using var second = Open();

        Assert.Equal(60, CachedArtifacts.Of(second).Count);

        Assert.Equal(inode, CacheFile.InodeOf(FilePath));
        Assert.Contains("was damaged", Assert.Single(_reports), StringComparison.Ordinal);
        second.Entries.Set("kind", "one", [1], TimeSpan.FromDays(1));
        Assert.NotNull(first.Entries.Find("kind", "one"));
        first.Entries.Set("kind", "two", [2], TimeSpan.FromDays(1));
        Assert.NotNull(second.Entries.Find("kind", "two"));
        Assert.Equal(60, first.Database.Run(connection => connection.Number(Artifacts), TestContext.Current.CancellationToken));
        Assert.Single(_reports);
    }

    [Fact]
    public void A_statement_that_was_prepared_before_sees_the_new_tables()
    {
        const string Names = "SELECT name FROM artifact ORDER BY name DESC";
        using var first = Open();
        CachedArtifacts.Of(first);
        var before = first.Database.Run(connection => connection.Text(Names), TestContext.Current.CancellationToken);
        Checkpoint(first);
        Overwrite(4);
        Overwrite(5);
        Overwrite(6);
        using var second = Open();
        CachedArtifacts.Of(second);
        second.Database.Run(connection => connection.Write(() => connection.Execute("DELETE FROM artifact WHERE name = ?1", before)), TestContext.Current.CancellationToken);

        Assert.NotEqual(before, first.Database.Run(connection => connection.Text(Names), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Work_between_whose_parts_the_file_was_emptied_begins_again()
    {
        using var cache = Open();
        var parts = 0;

        var found = cache.Database.Run(connection =>
        {
            new CollectionIndexer(connection, cache.Store).Update();
            if (parts++ == 0)
            {
                Checkpoint(cache);
                for (var page = 1; page < 12; page++) Overwrite(page);
                using var other = Open();
                CachedArtifacts.Of(other);
                other.Database.Run(second => second.Write(() => second.Execute("DELETE FROM artifact WHERE name <> 'a7'")));
            }

            return connection.Number(Artifacts);
        }, TestContext.Current.CancellationToken);

        Assert.Equal((2, 1), (parts, (int)found));
    }

    [Fact]
    public void A_file_without_a_header_that_others_have_open_is_replaced()
    {
        using var first = Open();
        CachedArtifacts.Of(first);
        Checkpoint(first);
        Overwrite(0);
        using var second = Open();

        Assert.Equal(60, CachedArtifacts.Of(second).Count);

        second.Entries.Set("kind", "one", [1], TimeSpan.FromDays(1));
        Assert.NotNull(first.Entries.Find("kind", "one"));
        first.Dispose();
        Assert.Equal("ok", second.Database.Run(connection => connection.Text("PRAGMA integrity_check"), TestContext.Current.CancellationToken));
        using var third = Open();
        Assert.NotNull(third.Entries.Find("kind", "one"));
        Assert.Single(_reports);
    }

    [Fact]
    public void A_damaged_file_that_somebody_writes_is_left_to_him_for_now()
    {
        using var first = Open();
        CachedArtifacts.Of(first);
        Checkpoint(first);
        for (var page = 1; page < 12; page++) Overwrite(page);
        using var writer = new SqliteConnection($"Data Source={FilePath};Pooling=false");
        writer.Open();
        Execute(writer, "BEGIN IMMEDIATE");
        using var second = Open();

        Assert.Equal(60, CachedArtifacts.Of(second).Count);
        Assert.Empty(Copies());
        Execute(writer, "ROLLBACK");
    }

    [Fact]
    public void Only_the_newest_copies_are_kept_and_no_old_ones()
    {
        using (var cache = Open()) CachedArtifacts.Of(cache);
        string At(int days) => $"{FilePath}.damaged-{(DateTime.UtcNow - TimeSpan.FromDays(days)).ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";
        foreach (var days in new[] { 1, 2, 3, 4, 29, 31, 400 }) _home.Write(At(days), "x");
        var other = $"{FilePath}.damaged-by-me";
        _home.Write(other, "notes");

        using (var cache = Open()) CachedArtifacts.Of(cache);
        Assert.Equal([At(1)[..^7], At(2)[..^7], At(3)[..^7]], Copies().Where(path => path != other).Select(path => path[..^7]).OrderDescending());
        Assert.True(File.Exists(other));

        for (var round = 0; round < 4; round++)
        {
            Overwrite(0);
            using var cache = Open();
            CachedArtifacts.Of(cache);
        }

        Assert.Equal(AsideFiles.Most + 1, Copies().Length);
        File.Delete(other);
        foreach (var (path, i) in Copies().Select((path, i) => (path, i)).ToList()) File.Move(path, At(31 + i));
        using (var cache = Open()) CachedArtifacts.Of(cache);
        Assert.Empty(Copies());
    }

    [Fact]
    public void Rows_that_are_there_twice_are_damage()
    {
        using var cache = Open();
        CachedArtifacts.Of(cache);
        using (var other = new SqliteConnection($"Data Source={FilePath};Pooling=false"))
        {
            other.Open();
            Execute(
                other,
                """
                PRAGMA foreign_keys = OFF;
                CREATE TABLE copy AS SELECT * FROM collection;
                DROP TABLE collection;
                CREATE TABLE collection(id INTEGER PRIMARY KEY, name TEXT NOT NULL, manifest_stamp BLOB NOT NULL, lock_stamp BLOB NOT NULL, texts_checked INTEGER NOT NULL DEFAULT 0, sum INTEGER NOT NULL) STRICT;
                INSERT INTO collection SELECT * FROM copy;
                INSERT INTO collection SELECT id + 1, name, manifest_stamp, lock_stamp, texts_checked, sum FROM copy;
                """);
        }

        Assert.Equal(60, CachedArtifacts.Of(cache).Count);
        Assert.Contains("was damaged", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void A_delegate_for_warnings_that_throws_breaks_nothing()
    {
        using (var cache = Open()) CachedArtifacts.Of(cache);
        for (var page = 0; page < 12; page++) Overwrite(page);
        using var damaged = HomeCache.Open(CollectionStore.Open(_home.Home), new HomeCacheOptions { Environment = _ => null, Report = _ => throw new InvalidOperationException("no ears") });

        Assert.Equal(60, CachedArtifacts.Of(damaged).Count);
        Assert.Single(Copies());
    }

    [Fact]
    public async Task Looking_at_a_named_file_takes_no_lock_away_from_others()
    {
        var file = Path.Combine(_home.Place, "named ?#%20 file.db");
        using var first = Named(file);
        Assert.Equal(0, first.Run(connection => connection.Number(Artifacts), TestContext.Current.CancellationToken));
        using (var second = Named(file)) second.Run(connection => connection.Number(Artifacts), TestContext.Current.CancellationToken);

        // A process that is the last one to close a file removes the journal, by which the others still write.
        Assert.Equal(0, await HostProcess.RunAsync(Cancellation, "cache-open", _home.Home, file));
        first.Run(connection => connection.Write(() => connection.Execute("INSERT INTO entry(kind, key, value, stored, used, sum) VALUES('x', 'y', x'', 0, 0, 0)")), TestContext.Current.CancellationToken);
        Assert.Equal(1, await HostProcess.RunAsync(Cancellation, "cache-open", _home.Home, file));
        Assert.Empty(_reports);
    }

    [Fact]
    public async Task Processes_go_on_while_pages_are_overwritten_with_noise_in_turn()
    {
        var milliseconds = (CacheProcessTests.Seconds * 1500).ToString(CultureInfo.InvariantCulture);
        var processes = Enumerable.Range(0, 4).Select(_ => HostProcess.Start("cache-noise", _home.Home, milliseconds)).ToList();
        try
        {
            var running = Task.WhenAll(processes.Select(process => process.WaitAsync(Cancellation)));
            for (var page = 0; !running.IsCompleted; page++)
            {
                if (File.Exists(FilePath)) TryOverwrite(page);
                await Task.WhenAny(running, Task.Delay(100, Cancellation));
            }

            var exitCodes = await running;
            for (var i = 0; i < processes.Count; i++)
            {
                var output = await processes[i].Output.ReadToEndAsync(Cancellation);
                Assert.True(exitCodes[i] == 0, $"{output}{processes[i].Errors}");
                Assert.True(int.Parse(output, CultureInfo.InvariantCulture) > 0);
                TestContext.Current.SendDiagnosticMessage($"asked {output.Trim()} times");
            }
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }

        Assert.InRange(Copies().Length, 1, AsideFiles.Most);
        using var cache = Open();
        Assert.Equal(60, CachedArtifacts.Of(cache).Count);
    }

    public void Dispose() => _home.Dispose();

    private HomeCache Open() => HomeCache.Open(CollectionStore.Open(_home.Home), new HomeCacheOptions { Environment = _ => null, Report = _reports.Add });

    private CacheDatabase Named(string file) =>
        new(CacheLocation.Find(new HomeLayout(_home.Home), name => name == CacheLocation.EnvironmentVariable ? file : null), TimeProvider.System, _reports.Add);

    private string[] Copies() => Directory.GetFiles(_home.At("cache"), $"{CacheLocation.FileName}.damaged-*");

    private static void Checkpoint(HomeCache cache) => cache.Database.Run(connection => connection.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0)));

    private void TryOverwrite(int page)
    {
        try
        {
            Overwrite(page);
        }
        catch (IOException)
        {
            // It is being replaced at this moment.
        }
    }

    // Not by closing the file in this process, which would take away the locks that SQLite has on it here.
    private void Overwrite(int page)
    {
        var noise = new byte[PageSize];
        new Random(page).NextBytes(noise);
        var file = File.OpenHandle(FilePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, noise, (long)(page % (int)Math.Max(1, RandomAccess.GetLength(file) / PageSize)) * PageSize);
        if (OperatingSystem.IsWindows()) file.Dispose();
        else file.SetHandleAsInvalid();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

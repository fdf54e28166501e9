using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>The file of a cache: where it is, and what happens when it cannot be used.</summary>
public sealed class CacheDatabaseTests
{
    private const string Home = "SELECT home FROM about";

    private readonly List<string> _reports = [];

    [Fact]
    public void The_first_work_makes_a_file_that_only_its_user_may_read()
    {
        using var home = TestHome.Sample();
        using (var cache = Open(home)) Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken));

        var file = home.At("cache", "skillmeat-engine.db");
        Assert.True(File.Exists(file));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Empty(_reports);
    }

    [Fact]
    public void The_journal_is_empty_after_the_last_write_of_a_process_although_another_one_has_the_file_open()
    {
        using var home = TestHome.Sample();
        var journal = new FileInfo(home.At("cache", "skillmeat-engine.db-wal"));
        using var other = Open(home);
        other.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken);
        using (var cache = Open(home))
        {
            cache.Run(connection => connection.Write(() => connection.Execute("INSERT INTO entry(kind, key, value, stored, used, sum) VALUES('k', 'k', zeroblob(3000000), 0, 0, 0)")), TestContext.Current.CancellationToken);
            other.Run(connection => connection.Number("SELECT count(*) FROM entry"), TestContext.Current.CancellationToken);
            journal.Refresh();
            Assert.InRange(journal.Length, 1, long.MaxValue);
        }

        journal.Refresh();
        Assert.Equal(0, journal.Length);
        Assert.Equal(1, other.Run(connection => connection.Number("SELECT count(*) FROM entry"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Nobody_waits_to_empty_the_journal()
    {
        using var home = TestHome.Sample();
        using var reader = Open(home);
        var cache = Open(home);
        reader.Run(connection => connection.Read(() =>
        {
            connection.Number("SELECT count(*) FROM entry");
            cache.Run(other => other.Write(() => other.Execute("INSERT INTO entry(kind, key, value, stored, used, sum) VALUES('k', 'k', x'00', 0, 0, 0)")));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            cache.Dispose();
            // SQLite would wait for five seconds.
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 3);
            return 0;
        }), TestContext.Current.CancellationToken);
        Assert.Equal(1, reader.Run(connection => connection.Number("SELECT count(*) FROM entry"), TestContext.Current.CancellationToken));
        Assert.Empty(_reports);
    }

    [Fact]
    public void A_cache_that_is_switched_off_leaves_no_file()
    {
        using var home = TestHome.Sample();
        var before = home.Tree();
        using var cache = Open(home, "off");

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.SwitchedOff, trouble);
        Assert.Equal(before, home.Tree());
        Assert.Empty(_reports);
    }

    [Theory]
    [InlineData("elsewhere/", "skillmeat-engine-*.db")]
    [InlineData("elsewhere/mine.db", "mine.db")]
    public void The_environment_moves_the_file(string named, string expected)
    {
        using var home = TestHome.Sample();
        using (var cache = Open(home, Path.Combine(home.Place, named))) cache.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken);

        Assert.Single(Directory.GetFiles(Path.Combine(home.Place, "elsewhere"), expected));
        Assert.False(File.Exists(home.At("cache", "skillmeat-engine.db")));
    }

    [Fact]
    public void Noise_in_the_file_is_put_aside_and_the_work_is_done()
    {
        using var home = TestHome.Sample();
        var file = home.At("cache", "skillmeat-engine.db");
        var noise = new byte[64 * 1024];
        new Random(1).NextBytes(noise);
        home.Write(file, noise);
        using var cache = Open(home);

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.None, trouble);
        Assert.Equal(noise, File.ReadAllBytes(Assert.Single(Directory.GetFiles(home.At("cache"), "skillmeat-engine.db.damaged-*"))));
        Assert.Contains("was damaged", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes of the user\n")]
    [InlineData("")]
    public void A_file_of_the_user_is_never_changed(string text)
    {
        using var home = TestHome.Sample();
        var file = Path.Combine(home.Place, "notes.txt");
        home.Write(file, text);
        using var cache = Open(home, file);

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken));
        if (text.Length == 0) return;
        Assert.Equal(text, File.ReadAllText(file));
        Assert.Single(Directory.GetFiles(home.Place));
        Assert.Contains("notes.txt", Assert.Single(_reports), StringComparison.Ordinal);
        Assert.DoesNotContain("delete it", _reports[0], StringComparison.Ordinal);
        cache.Clear();
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-journal")]
    [InlineData("-shm")]
    public void A_file_of_the_user_with_the_name_of_a_journal_is_never_changed(string ending)
    {
        using var home = TestHome.Sample();
        var file = Path.Combine(home.Place, "notes");
        home.Write(file + ending, "notes of the user\n");
        using var cache = Open(home, file);

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.Foreign, trouble);
        Assert.Equal("notes of the user\n", File.ReadAllText(file + ending));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_file_says_whose_it_is_before_its_journal_is_written_back()
    {
        using var home = TestHome.Sample();
        var file = Path.Combine(home.Place, "moved.db");
        using var first = Open(home, file);
        first.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken);
        using var second = Open(home, file);

        Assert.Equal(home.Home, second.Run(connection => connection.Text(Home), out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.None, trouble);
        second.Clear();
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_full_database_is_recognized_and_the_work_goes_on_in_memory()
    {
        using var home = TestHome.Sample();
        using var cache = Open(home);
        var isFirst = true;

        var rows = cache.Run(connection =>
        {
            if (isFirst) connection.ExecuteScript("PRAGMA max_page_count = 60");
            isFirst = false;
            return connection.Write(() =>
            {
                for (var i = 0; i < 300; i++) connection.Execute("INSERT INTO entry(kind, key, value, stored, used, sum) VALUES('x', ?1, ?2, 0, 0, 0)", $"{i}", new byte[3000]);
                return connection.Number("SELECT count(*) FROM entry");
            });
        }, out var trouble, TestContext.Current.CancellationToken);

        Assert.Equal(300, rows);
        Assert.Equal(CacheTrouble.Full, trouble);
        Assert.Contains("the disk is full", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_another_program_is_never_changed()
    {
        using var home = TestHome.Sample();
        var file = Path.Combine(home.Place, "other.db");
        using (var other = new SqliteConnection($"Data Source={file};Pooling=false"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE artifacts(id TEXT); INSERT INTO artifacts VALUES('x')";
            command.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(file);
        using var cache = Open(home, file);

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.Foreign, trouble);
        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Contains("not a cache of this home", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_of_another_home_is_left_to_it()
    {
        using var home = TestHome.Sample();
        using var other = TestHome.Sample();
        var file = Path.Combine(home.Place, "shared.db");
        using (var first = Open(home, file)) first.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken);
        using var second = Open(other, file);

        Assert.Equal(other.Home, second.Run(connection => connection.Text(Home), out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.Foreign, trouble);
        using var again = Open(home, file);
        Assert.Equal(home.Home, again.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_program_that_is_older_than_the_file_works_beside_it()
    {
        using var home = TestHome.Sample();
        var file = home.At("cache", "skillmeat-engine.db");
        using (var newer = Open(home)) newer.Run(connection => connection.Execute("PRAGMA user_version = 999"), TestContext.Current.CancellationToken);
        var before = File.ReadAllBytes(file);
        using var cache = Open(home);

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), out var trouble, TestContext.Current.CancellationToken));
        Assert.Equal(CacheTrouble.None, trouble);
        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Contains("newer program", Assert.Single(_reports), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(home.At("cache"), $"skillmeat-engine-{cache.SchemaVersion}.db"));
    }

    [Fact]
    public void A_file_that_another_process_deleted_or_replaced_is_noticed()
    {
        using var home = TestHome.Sample();
        using var first = Open(home);
        using var second = Open(home);
        first.Run(connection => connection.Execute("INSERT INTO collection(name, manifest_stamp, lock_stamp, sum) VALUES('x', x'', x'', 0)"), TestContext.Current.CancellationToken);
        second.Clear();

        Assert.Equal(0, first.Run(connection => connection.Number("SELECT count(*) FROM collection"), TestContext.Current.CancellationToken));
        second.Run(connection => connection.Execute("INSERT INTO collection(name, manifest_stamp, lock_stamp, sum) VALUES('y', x'', x'', 0)"), TestContext.Current.CancellationToken);
        Assert.Equal("y", first.Run(connection => connection.Text("SELECT name FROM collection"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Clearing_what_is_not_there_is_no_error()
    {
        using var home = TestHome.Sample();
        using var cache = Open(home);
        cache.Clear();

        Assert.False(Directory.Exists(home.At("cache")));
    }

    [Fact]
    public void An_error_in_any_statement_of_a_script_is_an_error()
    {
        using var home = TestHome.Sample();
        using var cache = Open(home);

        Assert.Throws<Errors.StorageException>(() => cache.Run(connection =>
        {
            // The first one returns rows.
            connection.ExecuteScript("PRAGMA user_version; this is no SQL");
            return true;
        }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_home_that_does_not_exist_is_not_made()
    {
        using var home = TestHome.None();
        using var cache = new CacheDatabase(CacheLocation.Find(new HomeLayout(home.Home), _ => null), TimeProvider.System, _reports.Add);

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(home.Home));
    }

    [Fact]
    public void A_link_in_place_of_the_file_is_not_followed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Making links on Windows needs a privilege.");
        using var home = TestHome.Sample();
        var victim = Path.Combine(home.Place, "victim");
        home.Write(victim, "precious");
        Directory.CreateDirectory(home.At("cache"));
        File.CreateSymbolicLink(home.At("cache", "skillmeat-engine.db"), victim);
        using var cache = Open(home);

        Assert.Equal(home.Home, cache.Run(connection => connection.Text(Home), TestContext.Current.CancellationToken));
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Single(_reports);
    }

    private CacheDatabase Open(TestHome home, string? named = null) =>
        new(CacheLocation.Find(new HomeLayout(home.Home), name => name == CacheLocation.EnvironmentVariable ? named : null), TimeProvider.System, _reports.Add);
}

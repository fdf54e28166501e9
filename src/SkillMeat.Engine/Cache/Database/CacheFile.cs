using System.Globalization;
using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Indexing;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Database;

/// <summary>The file of a cache: opens connections to it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CacheFile(CacheLocation location, CacheSchema schema)
{
    // The files that SQLite makes beside a database.
    private static readonly string[] _companions = ["-wal", "-shm", "-journal"];

    // The connection goes on to wait, and looks at the cancellation between.
    private const int WaitMilliseconds = 1_000;
    private const int KilobytesInMemory = 8_192;
    private const int PageSize = 4096;
    private const int MostAttempts = 3;

    /// <summary>What this program knows of the rows in the file.</summary>
    public IndexedCollections Indexed { get; } = new();

    /// <summary>The turns of the threads of this program.</summary>
    public CacheTurns Turns { get; } = new();

    /// <summary>The full path.</summary>
    public string Path { get; } = location.File ?? throw new ArgumentException("a cache that is switched off has no file", nameof(location));

    /// <summary>Whether the file is on a network volume, where processes cannot share memory, so that readers and the writer wait for each other.</summary>
    public bool IsOnNetwork { get; } = IsNetwork(location.File!);

    /// <summary>The lock for making, replacing and deleting the file.</summary>
    public CacheLock Lock { get; } = new(location.File!);

    /// <summary>Opens a connection. Creates the file, or brings its tables to the version of this program, if necessary.</summary>
    /// <param name="holdsLock">Whether the caller holds the lock.</param>
    /// <param name="cancellationToken">Cancels waiting for other processes.</param>
    /// <param name="version">The version of the file's tables. If it is higher than that of the schema, there is no connection.</param>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    /// <exception cref="StorageException">The folder of the caches or the file is a link.</exception>
    /// <exception cref="ForeignCacheException">The file is not a cache of this home.</exception>
    public CacheConnection? Open(bool holdsLock, CancellationToken cancellationToken, out int version)
    {
        var connection = Connect(holdsLock, cancellationToken);
        try
        {
            CheckOwner(connection);
            // Before the journal is a WAL, so that the file itself says whose it is, whatever becomes of the WAL.
            if (connection.Number("PRAGMA application_id") == 0) connection.ExecuteScript($"PRAGMA application_id = {CacheSchema.ApplicationId}");
            // WAL is a property of the file, which asks for it itself from the second time on.
            var mode = IsOnNetwork ? "TRUNCATE" : "WAL";
            if (!mode.Equals(connection.Text("PRAGMA journal_mode"), StringComparison.OrdinalIgnoreCase)) connection.ExecuteScript($"PRAGMA journal_mode = {mode}");
            version = schema.Migrate(connection, location.Home);
            if (version <= schema.Version) return connection;
            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Returns the inode of a file, or 0 if it does not exist. Windows lets no open file be renamed or deleted, so there it is always the same.</summary>
    /// <exception cref="StorageException">The system reported an error.</exception>
    public static ulong InodeOf(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) return 0;
        using var stamps = new StampReader(folder);
        return stamps.TryRead(System.IO.Path.GetFileName(path), out var stamp) ? Math.Max(1, stamp.Inode) : 0;
    }

    /// <summary>Opens an empty database in memory.</summary>
    public static CacheConnection OpenInMemory(CacheSchema schema, string home)
    {
        var connection = Connect(":memory:", SqliteOpenMode.Memory, new IndexedCollections(), new CacheTurns(), CancellationToken.None);
        schema.Migrate(connection, home);
        return connection;
    }

    /// <summary>Whether the file may be changed or removed although it is no sound cache: it is in the home, or says that it is ours.</summary>
    public bool MayBeReplaced() => location.IsOwn || IsOurs();

    /// <summary>Opens a connection to a damaged file, to reset it.</summary>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    public CacheConnection OpenDamaged()
    {
        // None of the usual settings, because some make SQLite read the file.
        var opened = Create(Path, SqliteOpenMode.ReadWrite, Indexed, Turns, out var connection);
        try
        {
            connection.Open();
            opened.ExecuteScript(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {WaitMilliseconds}"));
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the file, with what SQLite keeps beside it.</summary>
    /// <exception cref="IOException">It is in use, on Windows; or another process holds the lock.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be deleted.</exception>
    public void Delete()
    {
        if (!File.Exists(Path) || !MayBeReplaced()) return;
        using var held = Lock.Wait(CancellationToken.None) ?? throw new IOException("Another process repairs it.");
        File.Delete(Path);
        DeleteCompanions();
    }

    /// <summary>Deletes what SQLite keeps beside the file, which would be applied to a new one. Needs the lock, so that no new one is made meanwhile.</summary>
    public void DeleteCompanions()
    {
        foreach (var companion in _companions) File.Delete(Path + companion);
    }

    /// <summary>The size in bytes, with what SQLite keeps beside it.</summary>
    public long SizeInBytes() => _companions.Select(companion => new FileInfo(Path + companion)).Prepend(new FileInfo(Path)).Where(file => file.Exists).Sum(file => file.Length);

    private CacheConnection Connect(bool holdsLock, CancellationToken cancellationToken)
    {
        for (var left = MostAttempts; ; left--)
        {
            Prepare(holdsLock, cancellationToken);
            try
            {
                // Never makes the file, for which it needs the lock.
                return Connect(Path, SqliteOpenMode.ReadWrite, Indexed, Turns, cancellationToken);
            }
            catch (SqliteException) when (left > 0 && !File.Exists(Path))
            {
                // Another process has just deleted it or put it aside.
            }
        }
    }

    private static CacheConnection Connect(string file, SqliteOpenMode mode, IndexedCollections indexed, CacheTurns turns, CancellationToken cancellationToken)
    {
        var opened = Create(file, mode, indexed, turns, out var connection);
        opened.Cancellation = cancellationToken;
        try
        {
            connection.Open();
            opened.FollowCancellation();
            // A cache may lose its last changes when the machine stops, but not its form: synchronous = NORMAL keeps that in WAL.
            opened.ExecuteScript(string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA page_size = {PageSize}; PRAGMA busy_timeout = {WaitMilliseconds}; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -{KilobytesInMemory}; PRAGMA journal_size_limit = 1048576"));
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static CacheConnection Create(string file, SqliteOpenMode mode, IndexedCollections indexed, CacheTurns turns, out SqliteConnection connection)
    {
        SQLitePCL.Batteries_V2.Init();
        // SQLite itself waits for other processes; the library would only look again every 150 ms.
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
        return new CacheConnection(connection, indexed, turns) { Inode = mode == SqliteOpenMode.Memory ? 0 : InodeOf(file) };
    }

    private void Prepare(bool holdsLock, CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (location.IsOwn)
        {
            if (!Directory.Exists(location.Home)) throw new UnauthorizedAccessException($"there is no home at '{location.Home}'");
            OwnFolders.Check(folder);
            OwnFolders.Check(Path);
            foreach (var companion in _companions) OwnFolders.Check(Path + companion);
        }

        else
        {
            CheckNamed();
        }

        Directory.CreateDirectory(folder);
        if (!File.Exists(Path)) Create(holdsLock, cancellationToken);
        else CheckLength();
    }

    // Under the lock, because whoever puts a file aside or deletes it removes what SQLite keeps beside it as well, which must not be that of a new one.
    private void Create(bool holdsLock, CancellationToken cancellationToken)
    {
        using var held = holdsLock ? null : Lock.Wait(cancellationToken) ?? throw new IOException("Another process repairs it.");
        // Closing a file takes the locks away that SQLite has on it in this process, so one that exists is not opened.
        if (File.Exists(Path)) return;
        new FileStream(Path, PrivateOptions()).Dispose();
    }

    /// <summary>The options for a new file: the texts of artifacts are as private as the artifacts. SQLite gives the files beside it the same permissions.</summary>
    public static FileStreamOptions PrivateOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>SQLite reads the rest of a page that was cut off as zeros, which can look like fewer rows. Only an interrupted write of a part of the journal leaves such a page rightly.</summary>
    private void CheckLength()
    {
        if (new FileInfo(Path).Length % PageSize != 0 && !_companions.Any(companion => new FileInfo(Path + companion) is { Exists: true, Length: > 0 })) throw new DamagedRowException();
    }

    // As of one moment, because another process can be making the tables.
    private void CheckOwner(CacheConnection connection) => connection.Read(() =>
    {
        CheckOwnerNow(connection);
        return true;
    });

    private void CheckOwnerNow(CacheConnection connection)
    {
        var id = connection.Number("PRAGMA application_id");
        var isEmpty = CacheSchema.VersionOf(connection) == 0 && connection.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (isEmpty && id is 0 or CacheSchema.ApplicationId) return;
        if (id != CacheSchema.ApplicationId) throw location.IsOwn ? new DamagedRowException() : new ForeignCacheException();
        // A home has several paths where a link leads to it, so its own cache need not be asked.
        if (!isEmpty && !location.IsOwn && !PathEquality.Comparer.Equals(connection.Text("SELECT home FROM about"), location.Home)) throw new ForeignCacheException();
    }

    /// <summary>Checks a file that the user named before SQLite sees it: SQLite would apply or delete journals beside it, whosever they are.</summary>
    private void CheckNamed()
    {
        var isFile = File.Exists(Path) && new FileInfo(Path).Length > 0;
        if (isFile ? !IsOurs() : _companions.Any(companion => File.Exists(Path + companion))) throw new ForeignCacheException();
    }

    /// <summary>
    /// Whether a file that the user named says that it is a cache of ours. SQLite reads it without its journals and without locks. The engine must not open it by itself: closing it would take away the locks that
    /// SQLite has on it in this process.
    /// </summary>
    private bool IsOurs()
    {
        SQLitePCL.Batteries_V2.Init();
        try
        {
            using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = $"{new Uri(Path).AbsoluteUri}?immutable=1", Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "PRAGMA application_id";
            return command.ExecuteScalar() is long and CacheSchema.ApplicationId;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or UriFormatException)
        {
            return false;
        }
    }

    private static bool IsNetwork(string file)
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(file);
            while (folder is not null && !Directory.Exists(folder)) folder = System.IO.Path.GetDirectoryName(folder);
            return folder is not null && new DriveInfo(OperatingSystem.IsWindows() ? System.IO.Path.GetPathRoot(folder)! : folder).DriveType == DriveType.Network;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A path such as \\server\share has no drive.
            return true;
        }
    }
}

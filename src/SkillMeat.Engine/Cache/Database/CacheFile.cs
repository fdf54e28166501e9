using System.Globalization;
using Microsoft.Data.Sqlite;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Database;

/// <summary>The file of a cache: opens connections to it, and puts it aside when it is damaged.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CacheFile(CacheLocation location, CacheSchema schema)
{
    // The files that SQLite makes beside a database.
    private static readonly string[] _companions = ["-wal", "-shm", "-journal"];

    private const int WaitMilliseconds = 5_000;
    private const int KilobytesInMemory = 8_192;
    private const int ApplicationIdOffset = 68;
    private const int PageSize = 4096;

    /// <summary>The full path.</summary>
    public string Path { get; } = location.File ?? throw new ArgumentException("a cache that is switched off has no file", nameof(location));

    /// <summary>Whether the file is on a network volume, where processes cannot share memory, so that readers and the writer wait for each other.</summary>
    public bool IsOnNetwork { get; } = IsNetwork(location.File!);

    /// <summary>Opens a connection. Creates the file, or brings its tables to the version of this program, if necessary.</summary>
    /// <param name="version">The version of the file's tables. If it is higher than that of the schema, there is no connection.</param>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    /// <exception cref="StorageException">The folder of the caches or the file is a link.</exception>
    /// <exception cref="ForeignCacheException">The file is not a cache of this home.</exception>
    public CacheConnection? Open(out int version)
    {
        Prepare();
        var connection = Connect(Path, SqliteOpenMode.ReadWriteCreate);
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
        var connection = Connect(":memory:", SqliteOpenMode.Memory);
        schema.Migrate(connection, home);
        return connection;
    }

    /// <summary>Renames a damaged file, so that a new one can be made.</summary>
    /// <param name="now">The current time, which becomes part of the name.</param>
    /// <returns>The new path, or null if the file must not or cannot be renamed.</returns>
    public string? PutAside(DateTimeOffset now)
    {
        if (!location.IsOwn && !IsOurs()) return null;
        var aside = string.Create(CultureInfo.InvariantCulture, $"{Path}.damaged-{now.UtcDateTime:yyyyMMddTHHmmssfffZ}");
        try
        {
            File.Move(Path, aside);
            // They belong to the damaged file, and would be applied to the new one.
            foreach (var companion in _companions) File.Delete(Path + companion);
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process did it first, or has it open on Windows.
            return null;
        }
    }

    /// <summary>Deletes the file.</summary>
    /// <exception cref="IOException">It is in use, on Windows.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be deleted.</exception>
    public void Delete()
    {
        if (!File.Exists(Path) || (!location.IsOwn && !IsOurs())) return;
        File.Delete(Path);
        foreach (var companion in _companions) File.Delete(Path + companion);
    }

    /// <summary>The size in bytes, with what SQLite keeps beside it.</summary>
    public long SizeInBytes() => _companions.Select(companion => new FileInfo(Path + companion)).Prepend(new FileInfo(Path)).Where(file => file.Exists).Sum(file => file.Length);

    private static CacheConnection Connect(string file, SqliteOpenMode mode)
    {
        SQLitePCL.Batteries_V2.Init();
        // SQLite itself waits for other processes; the library would only look again every 150 ms.
        var options = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 1 };
        var connection = new SqliteConnection(options.ConnectionString);
        var opened = new CacheConnection(connection) { Inode = mode == SqliteOpenMode.Memory ? 0 : InodeOf(file) };
        try
        {
            connection.Open();
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

    private void Prepare()
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
        if (File.Exists(Path))
        {
            CheckLength();
            return;
        }

        // The texts of artifacts are as private as the artifacts. SQLite gives the files beside it the same permissions.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(Path, options).Dispose();
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

    /// <summary>Whether a file that the user named says that it is a cache of ours.</summary>
    private bool IsOurs()
    {
        try
        {
            using var file = RegularFile.OpenRead(Path);
            var header = new byte[ApplicationIdOffset + sizeof(int)];
            file.ReadExactly(header);
            return header.AsSpan().StartsWith("SQLite format 3\0"u8) && System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationIdOffset)) == CacheSchema.ApplicationId;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
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

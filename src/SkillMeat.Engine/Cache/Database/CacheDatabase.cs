using System.Collections.Concurrent;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Database;

/// <summary>
/// The database of a home's cache. It is always there: when its file cannot be used, it is one in memory that lives as long as this object. So every question has one implementation, and an error of the
/// file never becomes an error of the question.
/// </summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
internal sealed class CacheDatabase : IDisposable
{
    private const int MostAttempts = 3;

    // Whoever waited once for a program that does not let go need not wait again for each question.
    private static readonly TimeSpan _afterLock = TimeSpan.FromSeconds(10);

    private readonly CacheLocation _location;
    private readonly CacheSchema _schema = CacheSchema.Load();
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly ConcurrentBag<CacheConnection> _idle = [];
    private readonly ConcurrentDictionary<CacheTrouble, bool> _reported = [];
    private readonly object _gate = new();
    private CacheFile? _file;
    private volatile bool _isOpen;
    private CacheConnection? _memory;
    private DateTimeOffset? _lockedAt;
    private volatile bool _isDisposed;
    private volatile bool _hasWritten;

    /// <param name="location">The place.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Called with a one-line warning when the file cannot be used, once for each reason. From any thread.</param>
    public CacheDatabase(CacheLocation location, TimeProvider time, Action<string> report)
    {
        _location = location;
        _time = time;
        _report = report;
        if (location.File is null) Trouble = CacheTrouble.SwitchedOff;
        else _file = new CacheFile(location, _schema);
    }

    /// <summary>The reason that the last work was not done in the file, or <see cref="CacheTrouble.None"/>.</summary>
    public CacheTrouble Trouble { get; private set; }

    /// <summary>The file, or null if the cache is switched off.</summary>
    public CacheFile? CurrentFile => _file;

    /// <summary>Whether the file was opened.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>The version of the tables.</summary>
    public int SchemaVersion => _schema.Version;

    /// <summary>
    /// Does some work in the database. If the file is damaged, it is put aside and the work begins again with a new one; if it cannot be used, the work is done in memory. So the work first brings the rows that it
    /// reads up to date with the home, because they can be missing every time.
    /// </summary>
    /// <param name="work">The work. It can be called several times.</param>
    /// <returns>The result of the work.</returns>
    /// <exception cref="StorageException">SQLite cannot be loaded.</exception>
    public T Run<T>(Func<CacheConnection, T> work) => TryInFile(work, out var result) ? result : InMemory(work);

    /// <summary>Does some work in the file only, for what is of no use in memory.</summary>
    /// <param name="work">The work. It can be called several times.</param>
    /// <param name="result">The result of the work.</param>
    /// <returns>False if the file cannot be used. The reason was reported.</returns>
    public bool TryRun<T>(Func<CacheConnection, T> work, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T result) => TryInFile(work, out result);

    /// <summary>Removes everything. Other processes notice, and begin anew.</summary>
    /// <exception cref="StorageException">The file cannot be deleted.</exception>
    public void Clear()
    {
        // Finds the file that this program uses: a newer one may have a file of its own.
        if (_file is not null && File.Exists(_file.Path)) TryRun(_ => true, out _);
        lock (_gate)
        {
            CloseIdle();
            _memory?.Dispose();
            _memory = null;
            // Until the next question, there is nothing to save in a new one.
            _isOpen = false;
            if (_file is not { } file) return;
            try
            {
                file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StorageException(ErrorIds.StorageFailed, file.Path, $"cannot delete the cache '{file.Path}': {e.Message} Close the programs that use it, and try again.", e);
            }
        }
    }

    /// <summary>Empties the journal beside the file if this object wrote something since, and nobody uses it at the moment. SQLite itself does so only when the last process closes the file.</summary>
    public void EmptyJournal()
    {
        if (!_hasWritten || Trouble != CacheTrouble.None || _file is null || !_idle.TryTake(out var connection)) return;
        _hasWritten = false;
        try
        {
            connection.EmptyJournal();
            Return(connection);
        }
        catch (Exception e) when (CacheTroubles.Of(e) is not CacheTrouble.None)
        {
            // The next work meets the error, and handles it.
            connection.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EmptyJournal();
        _isDisposed = true;
        CloseIdle();
        lock (_gate)
        {
            _memory?.Dispose();
            _memory = null;
        }
    }

    private bool TryInFile<T>(Func<CacheConnection, T> work, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T result)
    {
        result = default;
        if (_lockedAt is { } locked && _time.GetUtcNow() - locked is var passed && passed >= TimeSpan.Zero && passed < _afterLock) return false;
        for (var attempt = 1; _file is not null; attempt++)
        {
            var inode = 0UL;
            try
            {
                result = InFile(work, out inode);
                Trouble = CacheTrouble.None;
                _lockedAt = null;
                return true;
            }
            catch (Exception e) when (CacheTroubles.Of(e) is not CacheTrouble.None)
            {
                var trouble = Trouble = CacheTroubles.Of(e);
                if (trouble == CacheTrouble.Damaged && attempt < MostAttempts && TryRenew(e, inode)) continue;
                if (trouble == CacheTrouble.Locked) _lockedAt = _time.GetUtcNow();
                ReportTrouble(trouble, e);
                return false;
            }
        }

        return false;
    }

    private T InFile<T>(Func<CacheConnection, T> work, out ulong inode)
    {
        var path = _file!.Path;
        inode = InodeIn(path);
        var connection = Rent(inode);
        // A new file has its inode now.
        if (inode == 0) inode = connection.Inode;
        try
        {
            var result = work(connection);
            Return(connection);
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Another process may have put the file aside or deleted it.
    private CacheConnection Rent(ulong inode)
    {
        while (_idle.TryTake(out var idle))
        {
            if (inode != 0 && idle.Inode == inode) return idle;
            idle.Dispose();
        }

        try
        {
            // Not while another thread puts the file aside.
            lock (_gate) return Open();
        }
        catch (Exception e) when (e is not ForeignCacheException && CacheTroubles.OfOpening(e) is not CacheTrouble.None)
        {
            throw new CannotOpenException(e);
        }
    }

    private CacheConnection Open()
    {
        if (_file!.Open(out var version) is { } connection)
        {
            if (_file.IsOnNetwork) Report(CacheTrouble.None, $"The cache '{_file.Path}' is on a network volume, so its readers and its writer wait for each other. Let {CacheLocation.EnvironmentVariable} name a file on this machine.");
            _isOpen = true;
            return connection;
        }

        var newer = _file.Path;
        _file = new CacheFile(_location.Beside(_schema.Version), _schema);
        Report(CacheTrouble.Foreign, $"The cache '{newer}' was made by a newer program (version {version} of its tables, and this one knows {_schema.Version}). Using '{_file.Path}' beside it.");
        var beside = _file.Open(out _) ?? throw new ForeignCacheException();
        _isOpen = true;
        return beside;
    }

    private void Return(CacheConnection connection)
    {
        _hasWritten |= connection.HasWritten;
        connection.HasWritten = false;
        if (_isDisposed) connection.Dispose();
        else _idle.Add(connection);
    }

    /// <summary>Puts a damaged file aside, unless another process has already done so.</summary>
    /// <param name="e">The error.</param>
    /// <param name="inode">The inode of the damaged file.</param>
    private bool TryRenew(Exception e, ulong inode)
    {
        lock (_gate)
        {
            CloseIdle();
            var path = _file!.Path;
            if (FindInode(path) is not { } now) return false;
            if (now != inode) return true;
            if (_file.PutAside(_time.GetUtcNow()) is not { } aside) return !File.Exists(path);
            _report($"The cache '{path}' was damaged ({e.Message}). It was moved to '{aside}', and is rebuilt.");
            return true;
        }
    }

    private void ReportTrouble(CacheTrouble trouble, Exception e)
    {
        var path = _file!.Path;
        switch (trouble)
        {
            // The memory cannot be used either, and that error is the caller's.
            case CacheTrouble.NoSqlite:
                break;
            case CacheTrouble.Foreign:
                Report(trouble, $"The cache '{path}' {CacheTroubles.Describe(trouble)}. Working without one: let {CacheLocation.EnvironmentVariable} name another file.");
                break;
            case CacheTrouble.Damaged:
                Report(trouble, $"The cache '{path}' is damaged ({e.Message}) and cannot be moved away. Working without it: delete it.");
                break;
            default:
                Report(trouble, $"The cache '{path}' {CacheTroubles.Describe(trouble)} ({e.Message}). Working without it.");
                break;
        }
    }

    private T InMemory<T>(Func<CacheConnection, T> work)
    {
        lock (_gate)
        {
            try
            {
                _memory ??= CacheFile.OpenInMemory(_schema, _location.Home);
                return work(_memory);
            }
            catch (Exception e) when (CacheTroubles.OfOpening(e) == CacheTrouble.NoSqlite)
            {
                throw new StorageException(ErrorIds.StorageFailed, _location.Home, "Cannot load SQLite's library (e_sqlite3), which belongs beside the program. Install the program again.", e);
            }
            catch (Exception e) when (CacheTroubles.Of(e) is not CacheTrouble.None)
            {
                // It would be wrong the next time, too.
                _memory?.Dispose();
                _memory = null;
                throw new StorageException(ErrorIds.StorageFailed, _location.Home, $"cannot answer from the cache in memory: {e.Message}", e);
            }
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection)) connection.Dispose();
    }

    private void Report(CacheTrouble trouble, string message)
    {
        if (_reported.TryAdd(trouble, true)) _report(message);
    }

    // Null if it cannot be told.
    private static ulong? FindInode(string path)
    {
        try
        {
            return CacheFile.InodeOf(path);
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private static ulong InodeIn(string path)
    {
        try
        {
            return CacheFile.InodeOf(path);
        }
        catch (StorageException e)
        {
            throw new CannotOpenException(e);
        }
    }
}

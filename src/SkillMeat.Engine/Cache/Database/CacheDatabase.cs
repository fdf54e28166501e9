using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using SkillMeat.Cache.Reading;
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
    private const long Never = long.MinValue;

    // After one wait for a program that does not let go, later questions do not wait again.
    private static readonly TimeSpan _afterLock = TimeSpan.FromSeconds(10);

    private readonly CacheLocation _location;
    private readonly CacheSchema _schema = CacheSchema.Load();
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly ConcurrentBag<CacheConnection> _idle = [];
    private readonly ConcurrentDictionary<CacheTrouble, bool> _reported = [];
    private readonly object _gate = new();
    private volatile CacheFile? _file;
    private volatile bool _isOpen;
    private CacheConnection? _memory;
    private long _lockedAt = Never;
    private volatile bool _isDisposed;
    private volatile bool _hasWritten;

    /// <param name="location">The place.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Called with a one-line warning when the file cannot be used, once for each reason. From any thread; an exception of it is ignored.</param>
    public CacheDatabase(CacheLocation location, TimeProvider time, Action<string> report)
    {
        _location = location;
        _time = time;
        _report = report;
        if (location.File is not null) _file = new CacheFile(location, _schema);
    }

    /// <summary>The file, or null if the cache is switched off.</summary>
    public CacheFile? CurrentFile => _file;

    /// <summary>The collections that the program keeps in memory, if it does.</summary>
    public KeptCollections? Kept { get; init; }

    /// <summary>Whether the file was opened, and could be used the last time.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>The version of the tables.</summary>
    public int SchemaVersion => _schema.Version;

    /// <summary>
    /// Does some work in the database. If the file is damaged, it is repaired and the work begins again with an empty one; if it cannot be used, the work is done in memory. So the work first brings the rows that it
    /// reads up to date with the home, because they can be missing every time.
    /// </summary>
    /// <param name="work">The work. It can be called several times.</param>
    /// <param name="cancellationToken">Cancels the work, down to the running statement, and waiting for other processes.</param>
    /// <returns>The result of the work.</returns>
    /// <exception cref="StorageException">SQLite cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public T Run<T>(Func<CacheConnection, T> work, CancellationToken cancellationToken = default) => Run(work, out _, cancellationToken);

    /// <inheritdoc cref="Run{T}(Func{CacheConnection, T}, CancellationToken)"/>
    /// <param name="work">The work. It can be called several times.</param>
    /// <param name="trouble">The reason that the work was done in memory, or <see cref="CacheTrouble.None"/>.</param>
    /// <param name="cancellationToken">Cancels the work, down to the running statement, and waiting for other processes.</param>
    public T Run<T>(Func<CacheConnection, T> work, out CacheTrouble trouble, CancellationToken cancellationToken = default) =>
        TryRun(work, out var result, out trouble, cancellationToken) ? result : InMemory(work, cancellationToken);

    /// <summary>Does some work in the file only, for what is of no use in memory.</summary>
    /// <param name="work">The work. It can be called several times.</param>
    /// <param name="result">The result of the work.</param>
    /// <param name="cancellationToken">Cancels the work, down to the running statement, and waiting for other processes.</param>
    /// <returns>False if the file cannot be used. The reason was reported.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public bool TryRun<T>(Func<CacheConnection, T> work, [MaybeNullWhen(false)] out T result, CancellationToken cancellationToken = default) => TryRun(work, out result, out _, cancellationToken);

    /// <inheritdoc cref="TryRun{T}(Func{CacheConnection, T}, out T, CancellationToken)"/>
    /// <param name="work">The work. It can be called several times.</param>
    /// <param name="result">The result of the work.</param>
    /// <param name="trouble">The reason that the file cannot be used, or <see cref="CacheTrouble.None"/>.</param>
    /// <param name="cancellationToken">Cancels the work, down to the running statement, and waiting for other processes.</param>
    public bool TryRun<T>(Func<CacheConnection, T> work, [MaybeNullWhen(false)] out T result, out CacheTrouble trouble, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        result = default;
        trouble = _file is null ? CacheTrouble.SwitchedOff : WasLocked() ? CacheTrouble.Locked : CacheTrouble.None;
        if (trouble != CacheTrouble.None) return false;
        for (var attempt = 1; ; attempt++)
        {
            if (TryOnce(work, holdsLock: false, out result, out var error, cancellationToken)) break;
            trouble = CacheTroubles.Of(error);
            if (trouble == CacheTrouble.Damaged && attempt < MostAttempts)
            {
                trouble = TryRepair(work, ref error, out var isDone, out var repaired, cancellationToken);
                if (isDone)
                {
                    result = repaired!;
                    break;
                }

                if (trouble == CacheTrouble.None) continue;
            }

            _isOpen = false;
            if (trouble == CacheTrouble.Locked) Interlocked.Exchange(ref _lockedAt, _time.GetUtcNow().UtcTicks);
            ReportTrouble(trouble, error);
            return false;
        }

        trouble = CacheTrouble.None;
        _isOpen = true;
        Interlocked.Exchange(ref _lockedAt, Never);
        return true;
    }

    /// <summary>Deletes copies of damaged files that are too old.</summary>
    public void PruneCopies()
    {
        if (_file is { } file) new AsideFiles(file.Path).Prune(_time.GetUtcNow());
    }

    /// <summary>Removes everything. Other processes notice, and begin anew.</summary>
    /// <exception cref="StorageException">The file cannot be deleted.</exception>
    public void Clear()
    {
        // Finds the file that this program uses: a newer one may have a file of its own.
        if (_file is not null && File.Exists(_file.Path)) TryRun(_ => true, out var _);
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
        if (!_hasWritten || !_isOpen || _file is null || !_idle.TryTake(out var connection)) return;
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

    /// <summary>Closes what nobody uses at the moment, and forgets what can be read again.</summary>
    public void ReleaseMemory()
    {
        EmptyJournal();
        CloseIdle();
        _file?.Indexed.Forget();
    }

    /// <summary>The number of connections that nobody uses at the moment.</summary>
    public int Idle => _idle.Count;

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

    private bool WasLocked() => Interlocked.Read(ref _lockedAt) is var locked and not Never && new TimeSpan(_time.GetUtcNow().UtcTicks - locked) is var passed && passed >= TimeSpan.Zero && passed < _afterLock;

    private bool TryOnce<T>(Func<CacheConnection, T> work, bool holdsLock, [MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out Exception? error, CancellationToken cancellationToken)
    {
        try
        {
            result = InFile(work, holdsLock, cancellationToken);
            error = null;
            return true;
        }
        catch (Exception e) when (CacheTroubles.Of(e) is not CacheTrouble.None)
        {
            result = default;
            error = e;
            return false;
        }
    }

    private T InFile<T>(Func<CacheConnection, T> work, bool holdsLock, CancellationToken cancellationToken)
    {
        var connection = Rent(InodeIn(_file!.Path), holdsLock, cancellationToken);
        try
        {
            connection.Cancellation = cancellationToken;
            connection.Kept = Kept;
            var form = CacheSchema.FormOf(connection);
            var result = work(connection);
            // Another process emptied the file between two parts of the work. Under the lock, which comes next, that cannot happen.
            if (CacheSchema.FormOf(connection) != form) throw new DamagedRowException();
            connection.Cancellation = CancellationToken.None;
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
    private CacheConnection Rent(ulong inode, bool holdsLock, CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var idle))
        {
            if (inode != 0 && idle.Inode == inode) return idle;
            idle.Dispose();
        }

        try
        {
            return Open(holdsLock, cancellationToken);
        }
        catch (Exception e) when (e is not (ForeignCacheException or OperationCanceledException) && CacheTroubles.OfOpening(e) is not CacheTrouble.None)
        {
            throw new CannotOpenException(e);
        }
    }

    private CacheConnection Open(bool holdsLock, CancellationToken cancellationToken)
    {
        var file = _file!;
        if (file.Open(holdsLock, cancellationToken, out var version) is { } connection)
        {
            if (file.IsOnNetwork) Report(CacheTrouble.None, $"The cache '{file.Path}' is on a network volume, so its readers and its writer wait for each other. Let {CacheLocation.EnvironmentVariable} name a file on this machine.");
            return connection;
        }

        var own = _file = new CacheFile(_location.Beside(_schema.Version), _schema);
        Report(CacheTrouble.Foreign, $"The cache '{file.Path}' was made by a newer program (version {version} of its tables, and this one knows {_schema.Version}). Using '{own.Path}' beside it.");
        return own.Open(holdsLock: false, cancellationToken, out _) ?? throw new ForeignCacheException();
    }

    private void Return(CacheConnection connection)
    {
        if (connection.HasWritten) DropMemory();
        _hasWritten |= connection.HasWritten;
        connection.HasWritten = false;
        if (_isDisposed) connection.Dispose();
        else _idle.Add(connection);
    }

    /// <summary>Repairs a damaged file, unless another process has already done so: then the work is done.</summary>
    /// <returns>The reason that the file cannot be used, or <see cref="CacheTrouble.None"/>.</returns>
    private CacheTrouble TryRepair<T>(Func<CacheConnection, T> work, ref Exception error, out bool isDone, [MaybeNull] out T result, CancellationToken cancellationToken)
    {
        isDone = false;
        result = default;
        var file = _file!;
        try
        {
            using var held = file.Lock.Wait(cancellationToken);
            if (held is null) return CacheTrouble.Locked;
            CloseIdle();
            isDone = TryOnce(work, holdsLock: true, out result, out var again, cancellationToken);
            if (again is null) return CacheTrouble.None;
            error = again;
            var trouble = CacheTroubles.Of(error);
            // A newer program may have made a new file, which is left to it.
            if (trouble != CacheTrouble.Damaged || file != _file) return trouble;
            trouble = new CacheRepair(file).Run(_time.GetUtcNow(), out var copy);
            if (copy is not null) Tell($"The cache '{file.Path}' was damaged ({error.Message}). It is rebuilt, and '{copy}' is a copy of the damaged file.");
            return trouble;
        }
        catch (StorageException e)
        {
            // There is no lock file, and none can be made.
            error = e;
            return CacheTrouble.Damaged;
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
                Report(trouble, $"The cache '{path}' is damaged ({e.Message}) and cannot be repaired. Working without it: delete it.");
                break;
            default:
                Report(trouble, $"The cache '{path}' {CacheTroubles.Describe(trouble)} ({e.Message}). Working without it.");
                break;
        }
    }

    private T InMemory<T>(Func<CacheConnection, T> work, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        try
        {
            _memory ??= CacheFile.OpenInMemory(_schema, _location.Home);
            _memory.Cancellation = cancellationToken;
            _memory.Kept = Kept;
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
        finally
        {
            if (_memory is not null) _memory.Cancellation = CancellationToken.None;
            Monitor.Exit(_gate);
        }
    }

    // Another thread's work in memory can take as long as reading the home.
    private void Enter(CancellationToken cancellationToken)
    {
        const int PauseMilliseconds = 50;
        while (!Monitor.TryEnter(_gate, PauseMilliseconds)) cancellationToken.ThrowIfCancellationRequested();
    }

    // It is as large as the file, and of no use once that can be written again. One that is in use goes the next time.
    private void DropMemory()
    {
        if (_memory is null || Monitor.IsEntered(_gate) || !Monitor.TryEnter(_gate)) return;
        try
        {
            _memory?.Dispose();
            _memory = null;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection)) connection.Dispose();
    }

    private void Report(CacheTrouble trouble, string message)
    {
        if (_reported.TryAdd(trouble, true)) Tell(message);
    }

    private void Tell(string message)
    {
        try
        {
            _report(message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A warning that nobody takes must not keep the work from being done.
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

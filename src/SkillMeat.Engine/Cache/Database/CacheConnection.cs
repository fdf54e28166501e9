using System.Globalization;
using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Indexing;
using SkillMeat.Cache.Reading;

namespace SkillMeat.Cache.Database;

/// <summary>A connection to the database, with its prepared statements. Parameters are <c>?1</c>, <c>?2</c>, … in the order of the given values.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CacheConnection(SqliteConnection connection, IndexedCollections indexed, CacheTurns turns) : IDisposable
{
    private const int PauseMilliseconds = 50;
    private const int Busy = 5;
    private const int Interrupted = 9;
    private const int NotDatabase = 26;
    private const int BusySnapshot = Busy | (2 << 8);

    // SQLite itself waits for a second, and cannot be cancelled meanwhile.
    private int _mostWaits = 5;

    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);
    private bool _isReading;

    /// <summary>Cancels statements, also while they run. Work that takes long looks at it between its parts.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>The inode of the file when it was opened, or 0 for none. A connection to a file that was replaced still works, but nobody else sees that file.</summary>
    public ulong Inode { get; init; }

    /// <summary>What this program knows of the rows in the database. The same for all its connections.</summary>
    public IndexedCollections Indexed => indexed;

    /// <summary>The collections that this program keeps in memory, if it does.</summary>
    public KeptCollections? Kept { get; set; }

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction { get; private set; }

    /// <summary>Whether a transaction changed something since this was last set to false.</summary>
    public bool HasWritten { get; set; }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement. Its text must not contain values: each text is prepared once and kept.</param>
    /// <param name="values">Texts, numbers, bytes and nulls.</param>
    /// <returns>The number of changed rows.</returns>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public int Execute(string sql, params object?[] values) => Patiently(() => Prepare(sql, values).ExecuteNonQuery());

    /// <summary>Runs statements without values that are used once.</summary>
    /// <inheritdoc cref="Execute"/>
    public void ExecuteScript(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Patiently(() =>
        {
            // To the end: the library runs what follows a statement with rows when the reader is closed, and then keeps its errors to itself.
            using var reader = command.ExecuteReader();
            while (reader.NextResult())
            {
            }

            return true;
        });
    }

    /// <summary>Runs a query and returns all rows.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="read">Reads one row. A value that it cannot read counts as damage of the file.</param>
    /// <param name="values">The values.</param>
    /// <inheritdoc cref="Execute"/>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values) => Patiently(() =>
    {
        var rows = new List<T>();
        using var reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read()) rows.Add(ReadRow(reader, read));
        return rows;
    });

    /// <summary>Runs a query and returns its first row, or the default value if there is none.</summary>
    /// <inheritdoc cref="Query"/>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values) => Patiently(() =>
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        return reader.Read() ? ReadRow(reader, read) : default;
    });

    /// <summary>Runs a query for one number, which is 0 if there is no row or no value.</summary>
    /// <inheritdoc cref="Execute"/>
    public long Number(string sql, params object?[] values) => Patiently(() => Prepare(sql, values).ExecuteScalar()) is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;

    /// <summary>Runs a query for one text.</summary>
    /// <inheritdoc cref="Execute"/>
    public string? Text(string sql, params object?[] values) => Patiently(() => Prepare(sql, values).ExecuteScalar()) as string;

    /// <summary>The id of the row that was inserted last.</summary>
    public long LastId => Number("SELECT last_insert_rowid()");

    /// <summary>The turns of the threads of this program. The same for all its connections.</summary>
    public CacheTurns Turns => turns;

    /// <summary>Does some work while no other thread of this program does any in the same turn. Threads that waited need not do it again if they look first.</summary>
    /// <param name="turn">One of <see cref="Turns"/>.</param>
    /// <param name="work">The work.</param>
    /// <returns>The result of the function.</returns>
    /// <exception cref="SqliteException">Another process does not let this one write, as another thread found out meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public T InTurn<T>(object turn, Func<T> work)
    {
        var refusals = turns.Refusals;
        while (!Monitor.TryEnter(turn, PauseMilliseconds)) Cancellation.ThrowIfCancellationRequested();
        try
        {
            return turns.Refusals != refusals ? throw new SqliteException("database is locked", Busy) : work();
        }
        finally
        {
            Monitor.Exit(turn);
        }
    }

    /// <summary>Makes changes in one transaction, which becomes part of the one that is open, if there is one. Waits for the writer of another process.</summary>
    /// <param name="change">Makes the changes.</param>
    /// <returns>The result of the function.</returns>
    /// <exception cref="SqliteException">SQLite reported an error. Nothing was changed.</exception>
    public T Write<T>(Func<T> change) => IsInTransaction ? InTransaction(change, isDeferred: false) : InTurn(turns.Writing, () => InTransaction(change, isDeferred: false));

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action change) => Write(() =>
    {
        change();
        return true;
    });

    /// <summary>Runs several queries that see the database as of one moment. They wait for nobody.</summary>
    /// <param name="queries">Runs the queries.</param>
    /// <returns>The result of the function.</returns>
    public T Read<T>(Func<T> queries) => InTransaction(queries, isDeferred: true);

    /// <summary>Copies the journal into the file and empties it, unless somebody uses it at the moment.</summary>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    public void EmptyJournal()
    {
        var wait = Number("PRAGMA busy_timeout");
        ExecuteScript("PRAGMA busy_timeout = 0");
        try
        {
            Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0));
        }
        finally
        {
            ExecuteScript(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {wait}"));
        }
    }

    /// <summary>Lets running statements be cancelled.</summary>
    public void FollowCancellation()
    {
        const int Steps = 5_000;
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, Steps, _ => Cancellation.IsCancellationRequested ? 1 : 0, null);
    }

    /// <summary>Whether SQLite recognizes the file as a database, whatever the rest of it holds. Tells SQLite of the file's journal.</summary>
    public bool CanReadHeader()
    {
        try
        {
            Number("SELECT count(*) FROM sqlite_schema");
            return true;
        }
        catch (SqliteException e)
        {
            return e.SqliteErrorCode != NotDatabase;
        }
    }

    /// <summary>
    /// Removes everything in the file, whatever its pages hold, in one transaction. Other processes go on with what they have read, and then see an empty database.
    /// </summary>
    /// <param name="isPatient">Whether to wait for other processes for longer than a second.</param>
    /// <exception cref="SqliteException">SQLite reported an error. Nothing was changed.</exception>
    public void Reset(bool isPatient)
    {
        if (!isPatient) _mostWaits = 1;
        const int ResetDatabase = SQLitePCL.raw.SQLITE_DBCONFIG_RESET_DATABASE;
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, ResetDatabase, 1, out _);
        try
        {
            ExecuteScript("VACUUM");
        }
        finally
        {
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, ResetDatabase, 0, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        connection.Dispose();
    }

    private static T ReadRow<T>(SqliteDataReader reader, Func<SqliteDataReader, T> read)
    {
        try
        {
            return read(reader);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            // A value that no row of this table has, such as null: the page is that of another table.
            throw new DamagedRowException(e);
        }
    }

    // Waits for other processes, for so long that only one that does not let go is in the way.
    private T Patiently<T>(Func<T> statement)
    {
        for (var waits = 1; ; waits++)
        {
            Cancellation.ThrowIfCancellationRequested();
            try
            {
                return statement();
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Interrupted && Cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(e.Message, e, Cancellation);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Busy && e.SqliteExtendedErrorCode != BusySnapshot)
            {
                if (waits < _mostWaits) continue;
                turns.Refuse();
                throw;
            }
        }
    }

    private T InTransaction<T>(Func<T> work, bool isDeferred)
    {
        if (IsInTransaction)
        {
            // SQLite refuses at once if somebody else wrote in between, and does not wait.
            return _isReading && !isDeferred ? throw new NotSupportedException("A transaction that began by reading cannot write.") : work();
        }

        Execute(isDeferred ? "BEGIN" : "BEGIN IMMEDIATE");
        IsInTransaction = true;
        _isReading = isDeferred;
        try
        {
            var result = work();
            Execute("COMMIT");
            HasWritten |= !isDeferred;
            return result;
        }
        catch
        {
            Rollback();
            throw;
        }
        finally
        {
            IsInTransaction = false;
        }
    }

    private void Rollback()
    {
        // A full disk, for example, makes SQLite roll back by itself.
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0) return;
        // Its result does not matter: the caller gets the error that led here, and closes the connection, which rolls back as well.
        _ = SQLitePCL.raw.sqlite3_exec(connection.Handle, "ROLLBACK");
    }

    private SqliteCommand Prepare(string sql, object?[] values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = connection.CreateCommand();
            statement.CommandText = sql;
            _statements.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] is string text ? StoredText.Of(text) : values[i] ?? DBNull.Value;
            if (i < statement.Parameters.Count) statement.Parameters[i].Value = value;
            else statement.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"?{i + 1}"), value));
        }

        return statement;
    }
}

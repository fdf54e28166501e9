using Microsoft.Data.Sqlite;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Database;

/// <summary>Finds the reason of an error of SQLite or of the file system.</summary>
/// <remarks>Source of the numbers: the list of result codes of SQLite.</remarks>
internal static class CacheTroubles
{
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int Mismatch = 20;
    private const int Constraint = 19;
    private const int Range = 25;
    private const int NotDatabase = 26;
    private const int CannotExtendSharedMemory = InputOutput | (19 << 8);
    private const int CannotWrite = InputOutput | (3 << 8);

    /// <summary>Returns the reason of an error, or <see cref="CacheTrouble.None"/> if the error does not come from the database.</summary>
    public static CacheTrouble Of(Exception e) => e switch
    {
        DamagedRowException => CacheTrouble.Damaged,
        SqliteException sqlite => Of(sqlite),
        StorageException or UnauthorizedAccessException => CacheTrouble.NoPermission,
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException => CacheTrouble.NoSqlite,
        TypeInitializationException { InnerException: { } inner } => Of(inner),
        IOException => CacheTrouble.Failed,
        _ => CacheTrouble.None,
    };

    private static CacheTrouble Of(SqliteException e) => e.SqliteErrorCode switch
    {
        // A table or column that should be there is not, or a stored value is none that the program stores.
        Error or Corrupt or NotDatabase or Mismatch or Constraint or Range => CacheTrouble.Damaged,
        Busy or Locked or Protocol => CacheTrouble.Locked,
        Full => CacheTrouble.Full,
        Permission or ReadOnly or CannotOpen => CacheTrouble.NoPermission,
        InputOutput when e.SqliteExtendedErrorCode is CannotExtendSharedMemory or CannotWrite => CacheTrouble.Full,
        _ => CacheTrouble.Failed,
    };

    /// <summary>Describes a reason, as half a sentence after the path of the file.</summary>
    public static string Describe(CacheTrouble trouble) => trouble switch
    {
        CacheTrouble.Damaged => "is damaged",
        CacheTrouble.Foreign => "is not a cache of this home",
        CacheTrouble.Full => "cannot be written, because the disk is full",
        CacheTrouble.Locked => "is locked by another program",
        CacheTrouble.NoPermission => "cannot be read and written by this user",
        CacheTrouble.NoSqlite => "cannot be used, because SQLite's library cannot be loaded",
        CacheTrouble.SwitchedOff => "is switched off",
        _ => "cannot be used, because the system reported an error",
    };
}

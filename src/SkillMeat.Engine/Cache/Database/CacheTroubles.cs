using Microsoft.Data.Sqlite;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Database;

/// <summary>Finds the reason of an error of SQLite or of the file system.</summary>
/// <remarks>Source of the numbers: the list of result codes of SQLite.</remarks>
internal static class CacheTroubles
{
    private static readonly string[] _signsOfDamage = ["no such table", "no such column", "has no column", "malformed", "file format", "vtable constructor failed", "missing from"];

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

    /// <summary>Returns the reason of an error during work, or <see cref="CacheTrouble.None"/> if the error does not come from the database: the work also reads the home.</summary>
    public static CacheTrouble Of(Exception e) => e switch
    {
        DamagedRowException => CacheTrouble.Damaged,
        ForeignCacheException => CacheTrouble.Foreign,
        CannotOpenException { InnerException: { } cause } => OfOpening(cause),
        SqliteException sqlite => Of(sqlite),
        _ => CacheTrouble.None,
    };

    /// <summary>Returns the reason of an error of opening the file.</summary>
    public static CacheTrouble OfOpening(Exception e) => e switch
    {
        StorageException or UnauthorizedAccessException => CacheTrouble.NoPermission,
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException => CacheTrouble.NoSqlite,
        TypeInitializationException { InnerException: { } inner } => OfOpening(inner),
        IOException => CacheTrouble.Failed,
        _ => Of(e),
    };

    private static CacheTrouble Of(SqliteException e) => e.SqliteErrorCode switch
    {
        // A stored value is none that the program stores.
        Corrupt or NotDatabase or Mismatch or Constraint or Range => CacheTrouble.Damaged,
        // A table or column that should be there is not. Any other error of this kind would be one of the program.
        Error when _signsOfDamage.Any(sign => e.Message.Contains(sign, StringComparison.Ordinal)) => CacheTrouble.Damaged,
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

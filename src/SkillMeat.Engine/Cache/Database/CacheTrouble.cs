namespace SkillMeat.Cache.Database;

/// <summary>The reasons that the file of a cache cannot be used.</summary>
internal enum CacheTrouble
{
    /// <summary>None.</summary>
    None,

    /// <summary>The user wants no file.</summary>
    SwitchedOff,

    /// <summary>The file is damaged.</summary>
    Damaged,

    /// <summary>The file is not a cache of this home.</summary>
    Foreign,

    /// <summary>The volume is full.</summary>
    Full,

    /// <summary>Another program kept it locked for too long.</summary>
    Locked,

    /// <summary>It, or its folder, may not be read or written.</summary>
    NoPermission,

    /// <summary>The system reported another error.</summary>
    Failed,

    /// <summary>SQLite cannot be loaded.</summary>
    NoSqlite,
}

namespace SkillMeat.Storage.Journal;

/// <summary>What a transaction does to one entry.</summary>
internal enum JournalEntryKind
{
    /// <summary>A file gets new bytes, or is made.</summary>
    Write,

    /// <summary>A file or link goes.</summary>
    Delete,

    /// <summary>A folder is replaced as a whole by one that was filled beside it, or is made.</summary>
    ReplaceFolder,

    /// <summary>A folder goes with everything in it.</summary>
    DeleteFolder,
}

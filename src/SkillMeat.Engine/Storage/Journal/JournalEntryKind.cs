namespace SkillMeat.Storage.Journal;

/// <summary>The kinds of changes in a transaction.</summary>
internal enum JournalEntryKind
{
    /// <summary>A file is created or gets new bytes.</summary>
    Write,

    /// <summary>A file or link is deleted.</summary>
    Delete,

    /// <summary>A folder is created, or replaced as a whole by a staged one.</summary>
    ReplaceFolder,

    /// <summary>A folder is deleted with everything in it.</summary>
    DeleteFolder,

    /// <summary>A file, folder or link is created, or takes the place of another one. No link is followed.</summary>
    Replace,

    /// <summary>A folder, or a link to one, gets another name beside its old one. Nothing in it is read or copied.</summary>
    Move,
}

namespace SkillMeat.Storage.Journal;

/// <summary>The phases of a transaction. The phase is part of the journal's file name, so that one rename changes it.</summary>
internal enum JournalPhase
{
    /// <summary>The targets are unchanged. After a crash, the transaction is rolled back.</summary>
    Intent,

    /// <summary>All new contents and backups are on disk, and targets are being replaced. After a crash, the transaction is finished.</summary>
    Committed,

    /// <summary>A target could not be replaced, and the others are being restored. After a crash, restoring continues.</summary>
    Undo,

    /// <summary>All targets are new. Only backups are left to delete.</summary>
    Done,
}

namespace SkillMeat.Storage.Journal;

/// <summary>How far a transaction is. The phase is part of the journal's file name, so that one rename moves from one to the next.</summary>
internal enum JournalPhase
{
    /// <summary>The targets are as they were. A crash here is taken back.</summary>
    Intent,

    /// <summary>All new contents and backups are on disk, and targets are being replaced. A crash here is finished.</summary>
    Committed,

    /// <summary>A target could not be replaced, and the others are being restored. A crash here goes on restoring.</summary>
    Undo,

    /// <summary>All targets are new; only backups are left to delete.</summary>
    Done,
}

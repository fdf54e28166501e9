namespace SkillMeat.Storage;

/// <summary>The kinds of effects of storage on the file system. Each call of <see cref="IStorageFaults.Before"/> names one.</summary>
internal enum StorageStep
{
    CreateFolder,
    CreateFile,
    WriteFile,
    SetMode,
    FlushFile,
    LinkBackup,
    CopyBackup,
    Rename,
    DeleteFile,
    DeleteFolder,
    FlushFolder,
    RenameFolder,
    FlushTree,
    DeleteTree,
    OpenLock,
    WriteHolder,
    WriteGeneration,
    MoveJournal,
    CreateLink,
    FlushVolume,
}

namespace SkillMeat.Storage.Files;

/// <summary>The state of a file, folder or link at one moment, whichever it is. A link is not followed.</summary>
internal static class EntryState
{
    /// <summary>Returns a hash of the state, or null if nothing exists.</summary>
    /// <exception cref="Errors.StorageException">It cannot be read.</exception>
    public static string? Read(string path) => !Disk.HasEntry(path) ? null
        : LinkState.Read(path) ?? (Directory.Exists(path) ? FolderState.Read(path).Sha256 : FileState.Read(path).Sha256);
}

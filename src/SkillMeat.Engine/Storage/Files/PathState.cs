using SkillMeat.Storage.Journal;

namespace SkillMeat.Storage.Files;

/// <summary>The state of a path that a transaction changes, which may be a file or a folder.</summary>
/// <param name="Sha256">The hash of the bytes of a file, or the <see cref="FolderState"/> of a folder, or null if nothing exists.</param>
/// <param name="File">The full state of a file; unused for a folder.</param>
internal readonly record struct PathState(string? Sha256, FileState File)
{
    public static PathState Read(StagedChange change)
    {
        if (change.Kind is JournalEntryKind.Replace or JournalEntryKind.Move) return new PathState(EntryState.Read(change.Path), default);
        if (change.IsFolder)
        {
            return new PathState(FolderState.Read(change.Path).Sha256, default);
        }

        // A deletion affects the link, not its target.
        if (change.Kind == JournalEntryKind.Delete && LinkState.Read(change.Path) is { } link) return new PathState(link, default);
        var file = FileState.Read(change.Path);
        return new PathState(file.Sha256, file);
    }

    /// <summary>Whether the path seems unchanged since, without reading a file.</summary>
    public bool LooksUnchanged(StagedChange change)
    {
        if (change.Kind is JournalEntryKind.Replace or JournalEntryKind.Move) return EntryState.Read(change.Path) == Sha256;
        if (change.IsFolder) return FolderState.Read(change.Path).Sha256 == Sha256;
        return change.Kind == JournalEntryKind.Delete && LinkState.Read(change.Path) is { } link ? link == Sha256 : File.LooksUnchanged(change.Path);
    }
}

using SkillMeat.Storage.Journal;

namespace SkillMeat.Storage.Files;

/// <summary>What a path that a transaction changes holds at one moment, be it a file or a folder.</summary>
/// <param name="Sha256">The hash of a file's bytes, or a folder's <see cref="FolderState"/>; null for nothing.</param>
/// <param name="File">More about a file; unused for a folder.</param>
internal readonly record struct PathState(string? Sha256, FileState File)
{
    public static PathState Read(StagedChange change)
    {
        if (change.IsFolder)
        {
            return new PathState(FolderState.Read(change.Path).Sha256, default);
        }

        // A deletion is one of the link, not of what it leads to.
        if (change.Kind == JournalEntryKind.Delete && LinkState.Read(change.Path) is { } link) return new PathState(link, default);
        var file = FileState.Read(change.Path);
        return new PathState(file.Sha256, file);
    }

    /// <summary>Whether it looks untouched since, without reading a file.</summary>
    public bool LooksUnchanged(StagedChange change)
    {
        if (change.IsFolder) return FolderState.Read(change.Path).Sha256 == Sha256;
        return change.Kind == JournalEntryKind.Delete && LinkState.Read(change.Path) is { } link ? link == Sha256 : File.LooksUnchanged(change.Path);
    }
}

using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>One file or folder that a transaction changes.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Target">The file or folder itself, full path, links resolved where the file that they point at is replaced.</param>
/// <param name="Staged">Its new content beside it until the target is replaced; unused for a deletion.</param>
/// <param name="Backup">Its old content beside it, while that may be needed.</param>
/// <param name="OldSha256">The old content: of a file the hash of its bytes, of a folder that of <see cref="FolderState"/>; null when there was none.</param>
/// <param name="NewSha256">The new content; null for a deletion, and for what is filled until it is.</param>
internal sealed record JournalEntry(JournalEntryKind Kind, string Target, string Staged, string Backup, string? OldSha256, string? NewSha256)
{
    public string Folder => Path.GetDirectoryName(Target)!;

    /// <summary>The old content of a folder while it is deleted.</summary>
    public string Doomed => Path.ChangeExtension(Backup, ".gone");

    public bool IsFolder => Kind is JournalEntryKind.ReplaceFolder or JournalEntryKind.DeleteFolder;

    /// <summary>What is at a path of this entry now, to be compared with the old and the new content; null for nothing.</summary>
    public string? StateOf(string path) => IsFolder ? FolderState.Read(path).Sha256
        : Kind == JournalEntryKind.Delete && LinkState.Read(path) is { } link ? link
        : FileState.Read(path).Sha256;
}

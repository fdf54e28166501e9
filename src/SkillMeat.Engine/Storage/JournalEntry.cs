namespace SkillMeat.Storage;

/// <summary>One file that a transaction changes.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Target">The file itself, full path, links resolved where the file that they point at is replaced.</param>
/// <param name="Staged">Its new content beside it until the target is replaced; unused for a deletion.</param>
/// <param name="Backup">Its old content beside it, while that may be needed.</param>
/// <param name="OldSha256">The old content; null when there was no file.</param>
/// <param name="NewSha256">The new content; null for a deletion.</param>
internal sealed record JournalEntry(JournalEntryKind Kind, string Target, string Staged, string Backup, string? OldSha256, string? NewSha256)
{
    public string Folder => Path.GetDirectoryName(Target)!;
}

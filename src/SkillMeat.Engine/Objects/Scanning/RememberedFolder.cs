namespace SkillMeat.Objects.Scanning;

/// <summary>What the last scan saw in a folder.</summary>
/// <param name="Stamp">How the folder looked before it was listed.</param>
/// <param name="Entries">What was in it.</param>
internal sealed record RememberedFolder(FileStamp Stamp, IReadOnlyList<RememberedEntry> Entries);

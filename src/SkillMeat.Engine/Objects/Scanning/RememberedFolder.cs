namespace SkillMeat.Objects.Scanning;

/// <summary>A folder, as seen by the last scan.</summary>
/// <param name="Stamp">The stamp of the folder before it was listed.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Id">The tree.</param>
internal sealed record RememberedFolder(FileStamp Stamp, IReadOnlyList<RememberedEntry> Entries, ObjectId Id);

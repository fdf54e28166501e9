namespace SkillMeat.Objects.Scanning;

/// <summary>An entry of a folder, as seen by the last scan.</summary>
/// <param name="Name">The name, one component of a path.</param>
/// <param name="Stamp">The stamp.</param>
/// <param name="Id">The tree of a folder, the blob of a file or of the text of a link. Default for other types.</param>
internal readonly record struct RememberedEntry(string Name, FileStamp Stamp, ObjectId Id);

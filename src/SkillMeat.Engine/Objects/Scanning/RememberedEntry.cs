namespace SkillMeat.Objects.Scanning;

/// <summary>An entry of a folder, as seen by the last scan.</summary>
/// <param name="Name">The name, one component of a path.</param>
/// <param name="Stamp">The stamp.</param>
/// <param name="Id">The blob of a file. Default for other types.</param>
internal readonly record struct RememberedEntry(string Name, FileStamp Stamp, ObjectId Id);

namespace SkillMeat.Objects.Scanning;

/// <summary>What the last scan saw under a name.</summary>
/// <param name="Name">One component of a path.</param>
/// <param name="Stamp">How it looked.</param>
/// <param name="Id">The blob of a file; of anything else the id of nothing.</param>
internal readonly record struct RememberedEntry(string Name, FileStamp Stamp, ObjectId Id);

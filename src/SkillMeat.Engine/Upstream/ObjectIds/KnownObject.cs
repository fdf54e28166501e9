namespace SkillMeat.Upstream.ObjectIds;

/// <summary>The id of a file or folder of a repository at one commit. It never changes.</summary>
/// <param name="Id">Its blob or tree id, as 40 lower-case hex digits.</param>
/// <param name="IsFolder">Whether it is a folder, and the id that of a tree.</param>
internal readonly record struct KnownObject(string Id, bool IsFolder);

namespace SkillMeat.Upstream.ObjectIds;

/// <summary>A file or folder of a repository at one commit. It never changes.</summary>
/// <param name="Id">Its blob or tree id, 40 lower-case hex digits.</param>
/// <param name="IsFolder">Whether it is a folder, so that the id is a tree's.</param>
internal readonly record struct KnownObject(string Id, bool IsFolder);

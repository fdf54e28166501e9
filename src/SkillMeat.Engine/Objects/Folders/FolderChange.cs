using SkillMeat.Objects.Trees;

namespace SkillMeat.Objects.Folders;

/// <summary>Something that an operation does in a folder of a home, such as a collection.</summary>
/// <param name="Path">Below that folder, with <c>/</c>; empty for the folder itself.</param>
/// <param name="Before">What is there; null for nothing.</param>
/// <param name="After">What shall be there, a file or a folder; null for nothing.</param>
internal sealed record FolderChange(string Path, TreeEntry? Before, TreeEntry? After);

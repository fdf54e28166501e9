using SkillMeat.Objects.Trees;

namespace SkillMeat.Objects.Folders;

/// <summary>A change in a folder of a home, such as a collection.</summary>
/// <param name="Path">The path relative to the folder, with <c>/</c>. Empty for the folder itself.</param>
/// <param name="Before">The current file or folder, or null for none.</param>
/// <param name="After">The wanted file or folder, or null for none.</param>
internal sealed record FolderChange(string Path, TreeEntry? Before, TreeEntry? After);

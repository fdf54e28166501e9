namespace SkillMeat.Objects.Trees;

/// <summary>A difference between two trees.</summary>
/// <param name="Path">The path of a file, a link or an empty folder, with <c>/</c>.</param>
/// <param name="Kind">The kind of difference.</param>
/// <param name="Before">The old entry, or null if it was added.</param>
/// <param name="After">The new entry, or null if it was removed.</param>
internal sealed record TreeChange(string Path, TreeChangeKind Kind, TreeEntry? Before, TreeEntry? After);

namespace SkillMeat.Objects.Trees;

/// <summary>A path that differs between two trees.</summary>
/// <param name="Path">The path of a file, a link or an empty folder, with <c>/</c>.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Before">What it was; null when it is added.</param>
/// <param name="After">What it is; null when it is removed.</param>
internal sealed record TreeChange(string Path, TreeChangeKind Kind, TreeEntry? Before, TreeEntry? After);

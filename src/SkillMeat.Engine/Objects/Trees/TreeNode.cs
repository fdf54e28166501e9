namespace SkillMeat.Objects.Trees;

/// <summary>A stored node of a tree. A node of level 0 has entries, one of a higher level has nodes of the level below.</summary>
internal sealed record TreeNode(int Level, IReadOnlyList<TreeEntry> Entries, IReadOnlyList<TreeChild> Children);

namespace SkillMeat.Objects.Trees;

/// <summary>A stored node of a tree. Nodes of level 0 have entries; those of a higher level have child nodes.</summary>
internal sealed record TreeNode(int Level, IReadOnlyList<TreeEntry> Entries, IReadOnlyList<TreeChild> Children);

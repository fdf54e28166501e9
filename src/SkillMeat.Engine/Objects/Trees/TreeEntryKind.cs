namespace SkillMeat.Objects.Trees;

/// <summary>The kinds of entries in a tree. The numbers are part of the tree format.</summary>
internal enum TreeEntryKind
{
    File = 0,

    /// <summary>A file that its owner may execute.</summary>
    Executable = 1,

    /// <summary>A symbolic link. Its object is the text of its target.</summary>
    Link = 2,
    Folder = 3,
}

namespace SkillMeat.Objects.Trees;

/// <summary>The kinds of differences between trees.</summary>
internal enum TreeChangeKind
{
    Added,
    Removed,

    /// <summary>The content, the type or the executable bit differs.</summary>
    Changed,
}

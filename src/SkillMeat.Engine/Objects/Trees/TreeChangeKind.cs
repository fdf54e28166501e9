namespace SkillMeat.Objects.Trees;

/// <summary>How a path of one tree relates to the other tree.</summary>
internal enum TreeChangeKind
{
    Added,
    Removed,

    /// <summary>Other content, another kind of thing, or executable where it was not.</summary>
    Changed,
}

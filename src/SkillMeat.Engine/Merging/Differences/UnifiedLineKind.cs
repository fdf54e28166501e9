namespace SkillMeat.Merging.Differences;

/// <summary>The kind of a line of a unified diff.</summary>
public enum UnifiedLineKind
{
    /// <summary>The name of a file, or a remark about it.</summary>
    Header,

    /// <summary>The line numbers of a hunk.</summary>
    Hunk,

    /// <summary>A line of both sides.</summary>
    Context,

    /// <summary>A line of the old side.</summary>
    Removed,

    /// <summary>A line of the new side.</summary>
    Added,
}

namespace SkillMeat.Merging.Differences;

/// <summary>The kind of a line in a difference.</summary>
public enum DiffLineKind
{
    /// <summary>Both sides have it.</summary>
    Context,

    /// <summary>Only the old side has it.</summary>
    Removed,

    /// <summary>Only the new side has it.</summary>
    Added,
}

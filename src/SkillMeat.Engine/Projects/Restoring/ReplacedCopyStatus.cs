namespace SkillMeat.Projects.Restoring;

/// <summary>The outcome for a content that a change of a project replaced.</summary>
public enum ReplacedCopyStatus
{
    /// <summary>It is kept, and was not asked for.</summary>
    Kept,

    /// <summary>It was written back.</summary>
    Restored,

    /// <summary>The project has it already.</summary>
    Unchanged,

    /// <summary>Something else is in its place that would be lost.</summary>
    Conflict,

    /// <summary>It failed.</summary>
    Error,
}

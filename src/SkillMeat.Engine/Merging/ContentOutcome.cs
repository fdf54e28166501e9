namespace SkillMeat.Merging;

/// <summary>The outcome of a merge of the contents of a file that both sides have.</summary>
internal enum ContentOutcome
{
    /// <summary>The local content as it is.</summary>
    Local,

    /// <summary>Upstream's content as it is.</summary>
    Upstream,

    /// <summary>A text with lines of both sides.</summary>
    Merged,

    /// <summary>Both sides changed the same lines.</summary>
    Conflict,

    /// <summary>Both sides changed the file, and it is not text.</summary>
    Binary,

    /// <summary>Both sides changed the file, and it is too large to merge by line.</summary>
    TooLarge,
}

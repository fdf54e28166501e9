namespace SkillMeat.Merging;

/// <summary>What the content of a file that both sides have becomes.</summary>
internal enum ContentOutcome
{
    /// <summary>The local content as it is.</summary>
    Local,

    /// <summary>Upstream's content as it is.</summary>
    Upstream,

    /// <summary>A text of lines of both.</summary>
    Merged,

    /// <summary>Both changed the same lines.</summary>
    Conflict,

    /// <summary>Both changed it, and it is not text.</summary>
    Binary,

    /// <summary>Both changed it, and it is too large for a merge by line.</summary>
    TooLarge,
}

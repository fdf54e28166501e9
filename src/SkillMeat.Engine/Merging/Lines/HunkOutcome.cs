namespace SkillMeat.Merging.Lines;

/// <summary>Whose lines a place of the merged text gets.</summary>
internal enum HunkOutcome
{
    Conflict,
    Local,
    Upstream,

    /// <summary>Both have the same lines there, though they came to them by different changes.</summary>
    Same,
}

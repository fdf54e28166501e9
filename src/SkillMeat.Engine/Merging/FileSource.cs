namespace SkillMeat.Merging;

/// <summary>The side that a file's content comes from.</summary>
internal enum FileSource
{
    Local,
    Upstream,
    Merged,
}

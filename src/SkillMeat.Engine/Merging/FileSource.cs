namespace SkillMeat.Merging;

/// <summary>Where the content of a merged file comes from.</summary>
internal enum FileSource
{
    Local,
    Upstream,
    Merged,
}

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>The kind of a value in front matter.</summary>
internal enum FrontMatterKind
{
    Text,
    Flag,
    Texts,
}

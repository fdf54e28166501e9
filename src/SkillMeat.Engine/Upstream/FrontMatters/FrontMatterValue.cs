using SkillMeat.Toml;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>A value in front matter.</summary>
/// <param name="Value">The value with the type that YAML gives it, as a manifest stores it.</param>
/// <param name="Text">A plain value as it is written, so that a version <c>1.10</c> is not the number 1.1; null for lists and mappings.</param>
internal sealed record FrontMatterValue(TomlValue Value, string? Text);

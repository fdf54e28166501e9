using SkillMeat.Toml;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>A value in front matter.</summary>
/// <param name="Value">The value with the type that YAML gives it, in the form that a manifest stores.</param>
/// <param name="Text">A scalar as it is written, so that a version <c>1.10</c> does not become the number 1.1; null for lists and mappings.</param>
internal sealed record FrontMatterValue(TomlValue Value, string? Text);

namespace SkillMeat.Cache.Search.Queries;

/// <summary>Signs without letters, such as <c>%</c>, which are found as they are.</summary>
/// <param name="Column">The column in which they must be, or null for any but the text of the manifest file.</param>
/// <param name="Text">The signs.</param>
internal sealed record LiteralCondition(string? Column, string Text);

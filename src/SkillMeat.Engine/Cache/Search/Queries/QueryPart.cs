namespace SkillMeat.Cache.Search.Queries;

/// <summary>A typed word, or a run of letters of a script without blanks.</summary>
/// <param name="Tokens">The words by which it is found, one after the other.</param>
/// <param name="IsRun">Whether it is a run. It is found by substring, so nothing is similar to it.</param>
/// <param name="IsOpen">Whether the last token is only the beginning of a stored one.</param>
internal sealed record QueryPart(IReadOnlyList<string> Tokens, bool IsRun, bool IsOpen);

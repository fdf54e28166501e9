namespace SkillMeat.Cache.Search.Queries;

/// <summary>A way to look for the typed words.</summary>
/// <param name="Match">How found words fit.</param>
/// <param name="Expression">The expression of the full-text search, or null if there are no words and no tags.</param>
/// <param name="Hits">The words to mark.</param>
internal sealed record SearchAttempt(SearchMatch Match, string? Expression, HitWords Hits);

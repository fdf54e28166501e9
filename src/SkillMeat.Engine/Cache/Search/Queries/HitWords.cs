namespace SkillMeat.Cache.Search.Queries;

/// <summary>The words of an attempt, for marking them in a text.</summary>
/// <param name="Exact">The words.</param>
/// <param name="Beginnings">The beginnings of words.</param>
internal sealed record HitWords(IReadOnlySet<string> Exact, IReadOnlyList<string> Beginnings);

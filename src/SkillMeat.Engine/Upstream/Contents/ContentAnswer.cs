using SkillMeat.Errors;

namespace SkillMeat.Upstream.Contents;

/// <summary>The answer to a <see cref="ContentQuestion"/>.</summary>
/// <param name="Question">The question.</param>
/// <param name="Paths">The paths in the order of the question; empty if there is an error.</param>
/// <param name="Error">The error for the whole repository; null if there is none.</param>
internal sealed record ContentAnswer(ContentQuestion Question, IReadOnlyList<FetchedPath> Paths, SkillMeatException? Error);

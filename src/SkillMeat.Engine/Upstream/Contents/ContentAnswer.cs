using SkillMeat.Errors;

namespace SkillMeat.Upstream.Contents;

/// <summary>What came of a <see cref="ContentQuestion"/>.</summary>
/// <param name="Question">The question.</param>
/// <param name="Paths">Its paths in its order; none when there is an error.</param>
/// <param name="Error">Why the repository as a whole could not be had; else null.</param>
internal sealed record ContentAnswer(ContentQuestion Question, IReadOnlyList<FetchedPath> Paths, SkillMeatException? Error);

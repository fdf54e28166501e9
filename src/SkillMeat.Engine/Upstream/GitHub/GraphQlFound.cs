using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>The answer to a lookup.</summary>
/// <param name="Object">What was found; null when nothing is there, and when that is not known.</param>
/// <param name="Head">The commit of the default branch as the same query saw it, for a lookup that holds at that commit.</param>
/// <param name="Error">Why it is not known.</param>
internal sealed record GraphQlFound(GraphQlObject? Object, string? Head, UpstreamException? Error);

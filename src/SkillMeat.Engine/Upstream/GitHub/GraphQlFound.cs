using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>The result of a lookup.</summary>
/// <param name="Object">The object; null if it does not exist or is unknown.</param>
/// <param name="Head">The commit of the default branch in the same query, for a lookup at that commit.</param>
/// <param name="Error">The error; null if there was none.</param>
internal sealed record GraphQlFound(GraphQlObject? Object, string? Head, UpstreamException? Error)
{
    /// <summary>The comparison, if that was looked up; null if GitHub cannot compare the two.</summary>
    public GraphQlComparison? Comparison { get; init; }
}

namespace SkillMeat.Upstream.GitHub;

/// <summary>The error of a query that GitHub finds too large; half of it may succeed.</summary>
internal sealed class GraphQlTooMuchException(string message) : Exception(message);

namespace SkillMeat.Upstream.GitHub;

/// <summary>GitHub says that a query asked for too much at once; half of it may do.</summary>
internal sealed class GraphQlTooMuchException(string message) : Exception(message);

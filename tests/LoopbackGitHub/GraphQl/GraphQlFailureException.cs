namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A field has no answer: it is null, and an error has the reason.</summary>
internal sealed class GraphQlFailureException(string type, string message) : Exception(message)
{
    public string Type { get; } = type;

    /// <summary>The <c>extensions</c> of the error.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Extensions { get; init; } = [];
}

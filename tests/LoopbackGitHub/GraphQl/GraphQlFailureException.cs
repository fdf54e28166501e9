namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A field can't be answered: it is null, and an error says why.</summary>
internal sealed class GraphQlFailureException(string type, string message) : Exception(message)
{
    public string Type { get; } = type;

    /// <summary>What the error's <c>extensions</c> hold.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Extensions { get; init; } = [];
}

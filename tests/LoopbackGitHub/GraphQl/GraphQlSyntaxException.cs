namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The text is not GraphQL.</summary>
internal sealed class GraphQlSyntaxException(string message, int position) : Exception(message)
{
    /// <summary>Where, as an offset into the text.</summary>
    public int Position { get; } = position;
}

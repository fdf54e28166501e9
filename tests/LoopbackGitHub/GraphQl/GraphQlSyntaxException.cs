namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The text is not GraphQL.</summary>
internal sealed class GraphQlSyntaxException(string message, int position) : Exception(message)
{
    /// <summary>The offset of the error in the text.</summary>
    public int Position { get; } = position;
}

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The lexical tokens of GraphQL.</summary>
internal enum TokenKind
{
    End,
    Punctuator,
    Name,
    Integer,
    Float,
    Text,
}

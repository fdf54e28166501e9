namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The definition of a variable.</summary>
internal sealed record GraphQlVariable(string Name, GraphQlType Type, bool HasDefault, object? Default, int Position);

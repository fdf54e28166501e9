namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A bare name in the place of a value.</summary>
internal sealed record EnumLiteral(string Name);

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A bare name where a value stands.</summary>
internal sealed record EnumLiteral(string Name);

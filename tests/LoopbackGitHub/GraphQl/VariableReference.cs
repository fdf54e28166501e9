namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary><c>$name</c> where a value stands.</summary>
internal sealed record VariableReference(string Name);

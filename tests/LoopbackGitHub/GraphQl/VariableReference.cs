namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary><c>$name</c> in the place of a value.</summary>
internal sealed record VariableReference(string Name);

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary><c>@name(...)</c>.</summary>
internal sealed record GraphQlDirective(string Name, IReadOnlyList<GraphQlArgument> Arguments, int Position);

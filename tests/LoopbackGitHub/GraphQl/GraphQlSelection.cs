namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>One item between braces.</summary>
internal abstract record GraphQlSelection(IReadOnlyList<GraphQlDirective> Directives, int Position);

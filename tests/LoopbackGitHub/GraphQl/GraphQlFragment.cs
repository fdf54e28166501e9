namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A named fragment.</summary>
internal sealed record GraphQlFragment(
    string Name, string TypeCondition, IReadOnlyList<GraphQlDirective> Directives, IReadOnlyList<GraphQlSelection> Selections, int Position);

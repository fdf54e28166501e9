namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary><c>... on Type { }</c>, or without a type.</summary>
internal sealed record GraphQlInlineFragment(
    string? TypeCondition, IReadOnlyList<GraphQlDirective> Directives, IReadOnlyList<GraphQlSelection> Selections, int Position)
    : GraphQlSelection(Directives, Position);

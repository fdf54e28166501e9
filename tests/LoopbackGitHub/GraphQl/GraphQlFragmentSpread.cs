namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary><c>...Name</c>.</summary>
internal sealed record GraphQlFragmentSpread(string Name, IReadOnlyList<GraphQlDirective> Directives, int Position)
    : GraphQlSelection(Directives, Position);

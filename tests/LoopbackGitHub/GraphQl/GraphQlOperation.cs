namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>An operation; its kind is <c>query</c>, <c>mutation</c> or <c>subscription</c>. Positions are offsets into the text.</summary>
internal sealed record GraphQlOperation(
    string Kind,
    string? Name,
    IReadOnlyList<GraphQlVariable> Variables,
    IReadOnlyList<GraphQlDirective> Directives,
    IReadOnlyList<GraphQlSelection> Selections,
    int Position);

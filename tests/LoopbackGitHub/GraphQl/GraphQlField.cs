namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A field and the selection of its value, which is empty for a leaf.</summary>
internal sealed record GraphQlField(
    string? Alias,
    string Name,
    IReadOnlyList<GraphQlArgument> Arguments,
    IReadOnlyList<GraphQlDirective> Directives,
    IReadOnlyList<GraphQlSelection> Selections,
    int Position) : GraphQlSelection(Directives, Position)
{
    /// <summary>The field's name in the answer.</summary>
    public string ResponseKey => Alias ?? Name;
}

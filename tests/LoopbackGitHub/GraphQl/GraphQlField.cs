namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A field, with what is selected of its value; nothing for a leaf.</summary>
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

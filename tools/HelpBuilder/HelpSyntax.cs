namespace SkillMeat.HelpBuilder;

/// <summary>How a command is called with one of its parameter sets.</summary>
public sealed record HelpSyntax
{
    /// <summary>The parameter set's name; null when the command has one set and the page gives it no name.</summary>
    public required string? ParameterSet { get; init; }

    /// <summary>Whether this is the default parameter set; true for the only one.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>The parameters in the order in which the page writes them, without the common ones.</summary>
    public required IReadOnlyList<HelpSyntaxParameter> Parameters { get; init; }

    /// <summary>The line of the code fence, counted from 1.</summary>
    public required int Line { get; init; }
}

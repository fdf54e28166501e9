namespace SkillMeat.HelpBuilder;

/// <summary>The syntax of a command with one of its parameter sets.</summary>
public sealed record HelpSyntax
{
    /// <summary>The name of the parameter set, or null if the command has only one, without a name.</summary>
    public required string? ParameterSet { get; init; }

    /// <summary>Whether this is the default parameter set; true for the only one.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>The parameters in the order of the page, without the common ones.</summary>
    public required IReadOnlyList<HelpSyntaxParameter> Parameters { get; init; }

    /// <summary>The line of the code fence, counted from 1.</summary>
    public required int Line { get; init; }
}

namespace SkillMeat.HelpBuilder;

/// <summary>A parameter of a command.</summary>
public sealed record HelpParameter
{
    /// <summary>The name, without the hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; at least one paragraph.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The type as the page writes it, such as <c>String[]</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it is a switch, which has no value.</summary>
    public bool IsSwitch => Type is "SwitchParameter" or "System.Management.Automation.SwitchParameter";

    /// <summary>Its other names; may be empty.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The only values that it takes; empty when the page lists none.</summary>
    public required IReadOnlyList<string> AcceptedValues { get; init; }

    /// <summary>The default value as the page writes it, <c>None</c> for no value.</summary>
    public required string DefaultValue { get; init; }

    /// <summary>Whether its value may be a wildcard pattern.</summary>
    public required bool AcceptsWildcards { get; init; }

    /// <summary>What it is in each of its parameter sets: one entry when it is the same in all of them. No set is in two entries.</summary>
    public required IReadOnlyList<HelpParameterUse> Uses { get; init; }

    /// <summary>The line of the heading, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What it is in a parameter set; null when it is not in it.</summary>
    /// <param name="parameterSet">The set's name; null for the only one, which has no name.</param>
    public HelpParameterUse? UseIn(string? parameterSet) =>
        Uses.FirstOrDefault(use => use.IsInAllSets || (parameterSet is not null && use.ParameterSets.Contains(parameterSet, StringComparer.OrdinalIgnoreCase)));
}

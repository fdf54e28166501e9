namespace SkillMeat.HelpBuilder;

/// <summary>A parameter of a command.</summary>
public sealed record HelpParameter
{
    /// <summary>The name, without the hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>The description; at least one paragraph.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The type in the spelling of the page, such as <c>String[]</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it is a switch, which has no value.</summary>
    public bool IsSwitch => Type is "SwitchParameter" or "System.Management.Automation.SwitchParameter";

    /// <summary>Its other names; may be empty.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The accepted values; empty if the page lists none.</summary>
    public required IReadOnlyList<string> AcceptedValues { get; init; }

    /// <summary>The default value in the spelling of the page; <c>None</c> for no value.</summary>
    public required string DefaultValue { get; init; }

    /// <summary>Whether its value may be a wildcard pattern.</summary>
    public required bool AcceptsWildcards { get; init; }

    /// <summary>The uses of the parameter in its parameter sets: a single one if all are the same. No set is in two of them.</summary>
    public required IReadOnlyList<HelpParameterUse> Uses { get; init; }

    /// <summary>The line of the heading, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Returns the use in a parameter set, or null if the set does not contain the parameter.</summary>
    /// <param name="parameterSet">The name of the set, or null for a single set without a name.</param>
    public HelpParameterUse? UseIn(string? parameterSet) =>
        Uses.FirstOrDefault(use => use.IsInAllSets || (parameterSet is not null && use.ParameterSets.Contains(parameterSet, StringComparer.OrdinalIgnoreCase)));
}

namespace SkillMeat.HelpBuilder;

/// <summary>The use of a parameter in some or all parameter sets.</summary>
public sealed record HelpParameterUse
{
    /// <summary>The names of the sets; empty for all.</summary>
    public required IReadOnlyList<string> ParameterSets { get; init; }

    /// <summary>Whether this holds for all parameter sets.</summary>
    public bool IsInAllSets => ParameterSets.Count == 0;

    /// <summary>Whether it is mandatory.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Its position, counted from 0, or null for a named parameter.</summary>
    public required int? Position { get; init; }

    /// <summary>Whether objects from the pipeline become its value.</summary>
    public required bool FromPipeline { get; init; }

    /// <summary>Whether properties of objects from the pipeline become its value.</summary>
    public required bool FromPipelineByPropertyName { get; init; }
}

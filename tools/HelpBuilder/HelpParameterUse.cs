namespace SkillMeat.HelpBuilder;

/// <summary>What a parameter is in some of the parameter sets, or in all.</summary>
public sealed record HelpParameterUse
{
    /// <summary>The names of the sets; empty for all.</summary>
    public required IReadOnlyList<string> ParameterSets { get; init; }

    /// <summary>Whether this holds for all parameter sets.</summary>
    public bool IsInAllSets => ParameterSets.Count == 0;

    /// <summary>Whether it has to be given.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Its position, counted from 0; null when it is given by name only.</summary>
    public required int? Position { get; init; }

    /// <summary>Whether objects from the pipeline become its value.</summary>
    public required bool FromPipeline { get; init; }

    /// <summary>Whether properties of objects from the pipeline become its value.</summary>
    public required bool FromPipelineByPropertyName { get; init; }
}

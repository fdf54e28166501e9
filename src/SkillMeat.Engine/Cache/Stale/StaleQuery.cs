using SkillMeat.Collections;

namespace SkillMeat.Cache.Stale;

/// <summary>Selects stale artifacts.</summary>
/// <remarks>Immutable.</remarks>
public sealed record StaleQuery
{
    /// <summary>The types; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The projects, by the names of registered ones or by paths; empty for all, and for artifacts that are not deployed.</summary>
    public IReadOnlyList<NamePattern> Projects { get; init; } = [];

    /// <summary>The order.</summary>
    public StaleOrder Order { get; init; }
}

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

    /// <summary>The collection whose artifacts are meant; null for all.</summary>
    public string? Collection { get; init; }

    /// <summary>The group to whose members the artifacts are restricted; null for no restriction. It is one of <see cref="Collection"/>, or of the active collection, whose artifacts alone are meant then.</summary>
    public string? Group { get; init; }

    /// <summary>The order.</summary>
    public StaleOrder Order { get; init; }
}

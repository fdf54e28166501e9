using SkillMeat.Collections;

namespace SkillMeat.Projects.Drift;

/// <summary>A request to compare the copies in projects with the collection.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DriftRequest
{
    /// <summary>The projects, as paths of folders or names of registered ones.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Whether to compare all registered projects.</summary>
    public bool AllProjects { get; init; }

    /// <summary>Whether to compare the user's own folders.</summary>
    public bool IncludeUser { get; init; }

    /// <summary>The types to compare; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The names or patterns to compare; empty for all.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    /// <summary>The collection whose deployments are meant; null for all. Copies without a record belong to no collection.</summary>
    public string? Collection { get; init; }

    /// <summary>The group to whose members the deployments are restricted; null for no restriction. It is one of <see cref="Collection"/>, or of the active collection, whose deployments alone are meant then.</summary>
    public string? Group { get; init; }

    /// <summary>The profiles to compare, by id or alias; empty for all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Whether to read every file, whatever is remembered from the last run.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether artifacts in sync are part of the result.</summary>
    public bool IncludeInSync { get; init; }
}

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

    /// <summary>The profiles to compare, by id or alias; empty for all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Whether to read every file, whatever is remembered from the last run.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether artifacts in sync are part of the result.</summary>
    public bool IncludeInSync { get; init; }
}

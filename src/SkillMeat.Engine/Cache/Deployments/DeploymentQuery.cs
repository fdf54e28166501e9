using SkillMeat.Collections;

namespace SkillMeat.Cache.Deployments;

/// <summary>Selects deployments.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeploymentQuery
{
    /// <summary>The projects, by the names of registered ones or by paths; empty for all and for the user's own folders.</summary>
    public IReadOnlyList<NamePattern> Projects { get; init; } = [];

    /// <summary>The types; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The names or patterns of artifacts; empty for all.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    /// <summary>The collection whose deployments are meant; null for all. Copies without a record belong to no collection.</summary>
    public string? Collection { get; init; }

    /// <summary>The group to whose members the deployments are restricted; null for no restriction. It is one of <see cref="Collection"/>, or of the active collection, whose deployments alone are meant then.</summary>
    public string? Group { get; init; }

    /// <summary>The states; empty for all except <see cref="DeploymentState.Added"/>, which is no deployment.</summary>
    public IReadOnlyList<DeploymentState> States { get; init; } = [];

    /// <summary>The profiles, by id or alias; empty for all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The age that the answer may have if neither a collection nor the list of projects changed since. 0 looks at all copies.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>A text that the name, project, collection or version contains, in any letter case; null for all.</summary>
    public string? Search { get; init; }
}

using SkillMeat.Collections;
using SkillMeat.Storage;

namespace SkillMeat.Projects.Adoption;

/// <summary>A request to take artifacts that lie in projects without a record, or with one of an artifact that the home does not have, into a collection.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AdoptRequest
{
    /// <summary>The projects, as paths of folders or names of registered ones.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Whether the user's own folders are meant.</summary>
    public bool IncludeUser { get; init; }

    /// <summary>The selections of single objects, beside the projects, of which everything is meant.</summary>
    public IReadOnlyList<AdoptSelection> Selections { get; init; } = [];

    /// <summary>The artifacts of a dry run to which the user agreed; null for all. What appeared or changed since is <see cref="AdoptStatus.Skipped"/>.</summary>
    public IReadOnlyList<AdoptedArtifact>? Planned { get; init; }

    /// <summary>The names or patterns of the artifacts; empty for all.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    /// <summary>The names of the types; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The profiles in whose folders to look, by id or alias; empty for all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether to leave out the artifacts of Claude Code's plugins.</summary>
    public bool SkipPlugins { get; init; }

    /// <summary>Whether to only report the changes, without writing anything.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for another process. After it, <see cref="Errors.LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

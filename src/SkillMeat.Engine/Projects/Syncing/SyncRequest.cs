using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Projects.Syncing;

/// <summary>A request to synchronize deployed artifacts with their collections.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SyncRequest
{
    /// <summary>The projects, as paths of folders or names of registered ones.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Single copies in projects, in addition to the whole <see cref="Projects"/>.</summary>
    public IReadOnlyList<DeployedCopy> Copies { get; init; } = [];

    /// <summary>Whether the user's own folders are meant.</summary>
    public bool IncludeUser { get; init; }

    /// <summary>The profiles, by id or alias; empty for all that have records.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The names of the types; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The names or patterns of the artifacts; empty for all.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    /// <summary>The collection, or null for those that the records name.</summary>
    public string? Collection { get; init; }

    /// <summary>The group to whose members the deployments are restricted; null for no restriction. It is one of <see cref="Collection"/>, or of the active collection, whose deployments alone are meant then.</summary>
    public string? Group { get; init; }

    /// <summary>The direction.</summary>
    public SyncDirection Direction { get; init; } = SyncDirection.Both;

    /// <summary>The treatment of contents that differ.</summary>
    public SyncStrategy Strategy { get; init; } = SyncStrategy.Merge;

    /// <summary>The choice for files in conflict; null leaves such an artifact as it is.</summary>
    public SyncResolution? ResolveWith { get; init; }

    /// <summary>The name for a fork of a single artifact; null for its name with <c>-fork</c>.</summary>
    public string? ForkName { get; init; }

    /// <summary>Whether to take no snapshot before a collection is changed.</summary>
    public bool SkipSnapshot { get; init; }

    /// <summary>Whether to only report the changes, without writing anything.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for another process. After it, <see cref="LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

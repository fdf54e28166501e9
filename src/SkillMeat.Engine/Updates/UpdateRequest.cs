using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Updates;

/// <summary>A request to update artifacts.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdateRequest
{
    /// <summary>The collections, which change in one transaction; empty for the active collection.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>The artifacts to update.</summary>
    public ArtifactFilter Filter { get; init; } = ArtifactFilter.Everything;

    /// <summary>The artifacts to update in single collections, by the collection's name, if they differ from <see cref="Filter"/>.</summary>
    public IReadOnlyDictionary<string, ArtifactFilter> CollectionFilters { get; init; } = new Dictionary<string, ArtifactFilter>();

    /// <summary>The treatment of local edits.</summary>
    public UpdateStrategy Strategy { get; init; } = UpdateStrategy.Merge;

    /// <summary>The choice for files in conflict; null leaves such an artifact as it is.</summary>
    public ConflictResolution? ResolveWith { get; init; }

    /// <summary>Whether to remove artifacts that upstream has removed.</summary>
    public bool RemoveDeleted { get; init; }

    /// <summary>Whether to delete files that exist only locally.</summary>
    public bool Clean { get; init; }

    /// <summary>The tag, branch or commit to follow from now on; null to leave each artifact's own.</summary>
    public string? Version { get; init; }

    /// <summary>Whether to take no snapshot before the update.</summary>
    public bool SkipSnapshot { get; init; }

    /// <summary>Whether to only report the changes, without writing to the home.</summary>
    public bool DryRun { get; init; }

    /// <summary>The time to wait for another process that changes a collection; after that <see cref="LockTimeoutException"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal ArtifactFilter FilterOf(string collection) => CollectionFilters.GetValueOrDefault(collection, Filter);
}

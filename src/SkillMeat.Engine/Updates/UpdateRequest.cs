using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Updates;

/// <summary>What an update is to do.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdateRequest
{
    /// <summary>The collections, changed in one transaction; none means the active one.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>Which artifacts.</summary>
    public ArtifactFilter Filter { get; init; } = ArtifactFilter.Everything;

    /// <summary>Which artifacts of collections, by their names, where that differs from <see cref="Filter"/>.</summary>
    public IReadOnlyDictionary<string, ArtifactFilter> CollectionFilters { get; init; } = new Dictionary<string, ArtifactFilter>();

    /// <summary>What becomes of local edits.</summary>
    public UpdateStrategy Strategy { get; init; } = UpdateStrategy.Merge;

    /// <summary>What to take where both sides changed a file; null leaves such an artifact as it is.</summary>
    public ConflictResolution? ResolveWith { get; init; }

    /// <summary>Whether an artifact that is gone upstream is removed here as well.</summary>
    public bool RemoveDeleted { get; init; }

    /// <summary>Whether files go that exist only locally.</summary>
    public bool Clean { get; init; }

    /// <summary>The tag, branch or commit to follow from now on; null to follow what each artifact follows.</summary>
    public string? Version { get; init; }

    /// <summary>True to go without the snapshot that brings everything back.</summary>
    public bool SkipSnapshot { get; init; }

    /// <summary>True to only say what would change. Nothing is written to the home then.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long to wait for another process that changes a collection; after that <see cref="LockTimeoutException"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal ArtifactFilter FilterOf(string collection) => CollectionFilters.GetValueOrDefault(collection, Filter);
}

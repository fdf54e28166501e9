using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Refresh;

/// <summary>The options of a refresh or an update check.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshRequest
{
    /// <summary>The name of the collection; null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>The artifacts to include.</summary>
    public ArtifactFilter Filter { get; init; } = ArtifactFilter.Everything;

    /// <summary>The fields to refresh; all by default.</summary>
    public IReadOnlyList<RefreshField> Fields { get; init; } = RefreshField.All;

    /// <summary>Whether a check also names those of <see cref="Fields"/> that a refresh would change. This costs no further round of requests.</summary>
    public bool NameChangedFields { get; init; }

    /// <summary>Whether a check also searches for artifacts that the collection does not have.</summary>
    internal bool FindsNew { get; init; } = true;

    /// <summary>Whether to report the changes without making them.</summary>
    public bool DryRun { get; init; }

    /// <summary>The time to wait for another process that changes the collection, before a <see cref="LockTimeoutException"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

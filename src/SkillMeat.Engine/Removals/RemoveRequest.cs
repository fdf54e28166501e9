using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Removals;

/// <summary>A request to remove artifacts.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RemoveRequest
{
    /// <summary>The artifacts, as names or <c>type:name</c>. All of them are removed, or none.</summary>
    public required IReadOnlyList<string> Artifacts { get; init; }

    /// <summary>The name of their type, or null if the names are unambiguous.</summary>
    public string? Type { get; init; }

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether to keep their files.</summary>
    public bool KeepFiles { get; init; }

    /// <summary>Whether to skip the snapshot from which the artifacts could be restored.</summary>
    public bool SkipSnapshot { get; init; }

    /// <summary>
    /// Checks, under the lock, that the collection is still as the caller saw it; null for any. If it returns false, nothing is removed, and the error is <see cref="ErrorIds.StaleEdit"/>.
    /// May be called several times.
    /// </summary>
    public Predicate<Collection>? Expects { get; init; }

    /// <summary>Whether to only report what would be removed.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for another process that changes the collection. After it, <see cref="LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

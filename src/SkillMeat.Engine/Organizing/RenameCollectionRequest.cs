using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Organizing;

/// <summary>A request to rename a collection.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RenameCollectionRequest
{
    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>The new name.</summary>
    public required string NewName { get; init; }

    /// <summary>The new description, which is set in the same transaction; empty to remove it, null to keep it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether to make it the active collection in the same transaction. The active one stays so in any case.</summary>
    public bool Activates { get; init; }

    /// <summary>
    /// Checks, under the lock, that the collection is still as the caller saw it; null for any. If it returns false, nothing is changed, and the error is <see cref="ErrorIds.StaleEdit"/>.
    /// May be called several times.
    /// </summary>
    public Predicate<Collection>? Expects { get; init; }

    /// <summary>Whether to only report what would be changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for other processes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

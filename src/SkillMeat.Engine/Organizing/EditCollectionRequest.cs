using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Organizing;

/// <summary>A request to change the description of a collection, or to make it the active one.</summary>
/// <remarks>Immutable.</remarks>
public sealed record EditCollectionRequest
{
    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>The new description; empty to remove it, null to keep it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether to make it the active collection.</summary>
    public bool Activates { get; init; }

    /// <summary>
    /// Checks, under the lock, that the collection is still as the caller saw it; null for any. If it returns false, nothing is changed, and the error is <see cref="ErrorIds.StaleEdit"/>.
    /// May be called several times.
    /// </summary>
    public Predicate<Collection>? Expects { get; init; }

    /// <summary>The maximum time to wait for other processes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

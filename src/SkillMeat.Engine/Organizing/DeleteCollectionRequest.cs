using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Organizing;

/// <summary>A request to delete a collection.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeleteCollectionRequest
{
    /// <summary>The collection. The active one must be named as well.</summary>
    public required string Collection { get; init; }

    /// <summary>
    /// Checks, under the lock, that the collection is still as the caller saw it; null for any. If it returns false, nothing is changed, and the error is <see cref="ErrorIds.StaleEdit"/>.
    /// May be called several times.
    /// </summary>
    public Predicate<Collection>? Expects { get; init; }

    /// <summary>Whether to delete it even if deployments are links to its files, which lead nowhere then.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to only report what would be deleted.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for other processes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}
